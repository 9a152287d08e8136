package io.steadyline.websocket.server;

import io.steadyline.port.IngressObserver;
import io.steadyline.websocket.twilio.TwilioSignature;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who can prove to be the provider; without a secret to prove it with, only peers on this machine that did not
 * come through a proxy.
 */
final class PeerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(PeerGuard.class);
    /** Any of them says that the connection's own address is a proxy's. A proxy that adds none cannot be told apart. */
    private static final List<HttpString> PROXY_HEADERS = List.of(
            Headers.X_FORWARDED_FOR,
            Headers.X_FORWARDED_PROTO,
            Headers.X_FORWARDED_HOST,
            Headers.FORWARDED,
            Headers.VIA,
            new HttpString("X-Real-IP"));

    private static final HttpString SIGNATURE = new HttpString("X-Twilio-Signature");

    private final @Nullable TwilioSignature signature;
    private final IngressObserver observer;
    private boolean warned;

    PeerGuard(ServerConfig config, IngressObserver observer) {
        this.signature = config.signature().orElse(null);
        this.observer = observer;
    }

    /**
     * True when the peer may go on; else the answer has been given.
     *
     * @param check the signature against what was asked
     */
    boolean admits(HttpServerExchange exchange, Predicate<Signed> check) {
        TwilioSignature validator = signature;
        if (validator == null) {
            return isLocal(exchange)
                    || refuse(
                            exchange,
                            IngressObserver.Refusal.NOT_LOCAL,
                            "no secret is configured"
                                    + " (twilio.auth-token), so only peers on this machine are served");
        }
        String given = exchange.getRequestHeaders().getFirst(SIGNATURE);
        return check.test(new Signed(validator, given))
                || refuse(
                        exchange,
                        IngressObserver.Refusal.BAD_SIGNATURE,
                        given == null
                                ? "no X-Twilio-Signature"
                                : "X-Twilio-Signature does not fit the configured token and public URL");
    }

    /** The validator and the header that came, if one came. */
    record Signed(TwilioSignature validator, @Nullable String given) {}

    static boolean isLocal(HttpServerExchange exchange) {
        InetSocketAddress source = exchange.getSourceAddress();
        HeaderMap headers = exchange.getRequestHeaders();
        boolean proxied = PROXY_HEADERS.stream().anyMatch(headers::contains);
        return source.getAddress() != null && source.getAddress().isLoopbackAddress() && !proxied;
    }

    private boolean refuse(HttpServerExchange exchange, IngressObserver.Refusal refusal, String why) {
        observer.onSocketRefused(refusal);
        if (warned) {
            LOG.debug("refused {}: {}", exchange.getSourceAddress(), why);
        } else {
            warned = true;
            LOG.warn(
                    "refused {} at {}: {}. Further refusals are only counted",
                    exchange.getSourceAddress(),
                    exchange.getRequestPath(),
                    why);
        }
        HttpAnswers.text(exchange, StatusCodes.FORBIDDEN, why);
        return false;
    }
}
