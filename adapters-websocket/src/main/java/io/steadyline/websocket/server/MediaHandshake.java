package io.steadyline.websocket.server;

import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.server.Admission.Refused;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Optional;

/** The way to a media socket: who is it, is there room, then the upgrade. */
final class MediaHandshake implements HttpHandler {

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
        if (!WebSocketUpgrade.isAskedFor(exchange, "the media socket of " + dialect.name())) {
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
            HttpAnswers.text(
                    exchange, StatusCodes.SERVICE_UNAVAILABLE, refusal.get().why());
            return;
        }
        WebSocketUpgrade.accept(
                exchange,
                (raw, readAhead) -> MediaSocket.fresh(raw, readAhead, dialect.newCodec(mode), ingress)
                        .open());
    }

    private boolean isSigned(HttpServerExchange exchange, PeerGuard.Signed signed) {
        return ingress.config()
                .publicUrls()
                .filter(_ -> exchange.getQueryString().isEmpty())
                .map(urls -> signed.validator().matchesGet(urls.mediaUrl(mode), signed.given()))
                .orElse(false);
    }
}
