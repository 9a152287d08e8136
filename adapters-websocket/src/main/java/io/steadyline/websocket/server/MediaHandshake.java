package io.steadyline.websocket.server;

import io.steadyline.port.IngressObserver;
import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import java.util.Optional;

/** The way to a media socket: who is it, is there room, then the upgrade. No extension is offered, so none is used. */
final class MediaHandshake implements HttpHandler {

    private final Dialect dialect;
    private final StreamMode mode;
    private final Ingress ingress;
    private final PeerGuard guard;
    private final HttpHandler upgrade;

    MediaHandshake(Dialect dialect, StreamMode mode, Ingress ingress, PeerGuard guard) {
        this.dialect = dialect;
        this.mode = mode;
        this.ingress = ingress;
        this.guard = guard;
        WebSocketConnectionCallback onConnect =
                (_, channel) -> new MediaSocket(channel, dialect.newCodec(mode), ingress).open();
        this.upgrade = new WebSocketProtocolHandshakeHandler(onConnect);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!asksForWebSocket(exchange)) {
            exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
            HttpAnswers.text(
                    exchange,
                    StatusCodes.UPGRADE_REQUIRED,
                    "this is the media socket of " + dialect.name() + ": connect by WebSocket");
            return;
        }
        if (!guard.admits(exchange, signed -> isSigned(exchange, signed))) {
            return;
        }
        Optional<String> refusal =
                ingress.admission().refusalOfSocket(ingress.loop().nowNs());
        if (refusal.isPresent()) {
            ingress.observer().onSocketRefused(IngressObserver.Refusal.CALL_LIMIT);
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "2");
            HttpAnswers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, refusal.get());
            return;
        }
        upgrade.handleRequest(exchange);
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
