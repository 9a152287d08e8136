package io.steadyline.websocket.server;

import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.server.Admission.Refused;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
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
import java.util.Optional;

/** The way to a media socket: who is it, is there room, then the upgrade. No extension is offered, so none is used. */
final class MediaHandshake implements HttpHandler {

    /** RFC 6455 section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final String VERSION = "13";

    private final Dialect dialect;
    private final StreamMode mode;
    private final Ingress ingress;
    private final PeerGuard guard;

    MediaHandshake(Dialect dialect, StreamMode mode, Ingress ingress, PeerGuard guard) {
        this.dialect = dialect;
        this.mode = mode;
        this.ingress = ingress;
        this.guard = guard;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!asksForWebSocket(exchange)) {
            exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
            HttpAnswers.text(
                    exchange,
                    StatusCodes.UPGRADE_REQUIRED,
                    "this is the media socket of " + dialect.name() + ": connect by WebSocket");
            return;
        }
        String version = exchange.getRequestHeaders().getFirst(Headers.SEC_WEB_SOCKET_VERSION);
        if (!VERSION.equals(version)) {
            exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_VERSION, VERSION);
            HttpAnswers.text(exchange, StatusCodes.UPGRADE_REQUIRED, "WebSocket version (expected: 13)");
            return;
        }
        if (!guard.admits(exchange, signed -> isSigned(exchange, signed))) {
            return;
        }
        Optional<Refused> refusal =
                ingress.admission().refusalOfSocket(ingress.loop().nowNs());
        if (refusal.isPresent()) {
            ingress.observer().onSocketRefused(refusal.get().reason());
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "2");
            HttpAnswers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, refusal.get().why());
            return;
        }
        upgrade(exchange);
    }

    /** RFC 6455 section 4.2.2. */
    private void upgrade(HttpServerExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst(Headers.SEC_WEB_SOCKET_KEY);
        exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
        exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_ACCEPT, acceptOf(key));
        exchange.upgradeChannel((connection, upgraded) -> {
            PooledByteBuffer ahead = ((HttpServerConnection) upgraded.getConnection()).getExtraBytes();
            int readAhead = ahead == null ? 0 : ahead.getBuffer().remaining();
            MediaSocket.fresh(connection, readAhead, dialect.newCodec(mode), ingress)
                    .open();
        });
        exchange.endExchange();
    }

    static String acceptOf(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-1 (expected: in every Java platform)", impossible);
        }
    }

    /** Undertow's own handler looks at the key and the version only, and fails later. */
    private static boolean asksForWebSocket(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return exchange.getRequestMethod().equals(Methods.GET)
                && headers.contains(Headers.SEC_WEB_SOCKET_KEY)
                && "websocket".equalsIgnoreCase(headers.getFirst(Headers.UPGRADE));
    }

    private boolean isSigned(HttpServerExchange exchange, PeerGuard.Signed signed) {
        return ingress.config()
                .publicUrls()
                .filter(_ -> exchange.getQueryString().isEmpty())
                .map(urls -> signed.validator().matchesGet(urls.mediaUrl(mode), signed.given()))
                .orElse(false);
    }
}
