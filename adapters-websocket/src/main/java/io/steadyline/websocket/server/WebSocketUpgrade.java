package io.steadyline.websocket.server;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.xnio.StreamConnection;

/** The opening handshake of RFC 6455, the server's side. No extension is offered, so none is used. */
final class WebSocketUpgrade {

    /** Goes on with a connection that is a WebSocket from here on. */
    interface Next {

        /** @param readAhead bytes behind the request that were read already and are still to come out of {@code raw} */
        void onUpgraded(StreamConnection raw, int readAhead);
    }

    /** RFC 6455 section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final String VERSION = "13";

    private WebSocketUpgrade() {}

    /**
     * True when the request asks for a WebSocket as it is spoken here; else the answer has been given. Undertow's own handler
     * looks at the key and the version only, and fails later.
     */
    static boolean isAskedFor(HttpServerExchange exchange, String whatIsHere) {
        HeaderMap headers = exchange.getRequestHeaders();
        boolean asks = exchange.getRequestMethod().equals(Methods.GET)
                && headers.contains(Headers.SEC_WEB_SOCKET_KEY)
                && "websocket".equalsIgnoreCase(headers.getFirst(Headers.UPGRADE));
        if (!asks) {
            exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
            HttpAnswers.text(
                    exchange, StatusCodes.UPGRADE_REQUIRED, "this is " + whatIsHere + ": connect by WebSocket");
            return false;
        }
        if (!VERSION.equals(headers.getFirst(Headers.SEC_WEB_SOCKET_VERSION))) {
            exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_VERSION, VERSION);
            HttpAnswers.text(exchange, StatusCodes.UPGRADE_REQUIRED, "WebSocket version (expected: 13)");
            return false;
        }
        return true;
    }

    /** RFC 6455 section 4.2.2. */
    static void accept(HttpServerExchange exchange, Next next) {
        String key = exchange.getRequestHeaders().getFirst(Headers.SEC_WEB_SOCKET_KEY);
        exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
        exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_ACCEPT, acceptOf(key));
        exchange.upgradeChannel((connection, upgraded) -> {
            PooledByteBuffer ahead = ((HttpServerConnection) upgraded.getConnection()).getExtraBytes();
            next.onUpgraded(connection, ahead == null ? 0 : ahead.getBuffer().remaining());
        });
        exchange.endExchange();
    }

    private static String acceptOf(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-1 (expected: in every Java platform)", impossible);
        }
    }
}
