package io.steadyline.websocket.downstream;

import io.steadyline.signal.Printable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there is no connection, in words. */
final class Failures {

    private static final int SWITCHING_PROTOCOLS = 101;

    private Failures() {}

    static String ofConnect(Throwable failure, DownstreamConfig config) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return config.address() + ": "
                + switch (cause) {
                    case WebSocketHandshakeException refused -> ofUpgrade(refused);
                    case HttpTimeoutException _ ->
                        "no answer within " + config.connectTimeout().toMillis() + " ms";
                    case UnknownHostException _ -> "host unknown";
                    case ConnectException connect -> ofTcp(connect);
                    case SSLException tls -> "TLS: " + words(tls);
                    default -> words(cause);
                };
    }

    /** The innermost message, or the type's name. */
    static String words(Throwable failure) {
        String message = innermost(failure);
        return Printable.of(message == null ? failure.getClass().getSimpleName() : message, 200);
    }

    /** The client gives no message when nobody listens. */
    private static String ofTcp(ConnectException connect) {
        String message = innermost(connect);
        return message == null ? "connection refused" : Printable.of(message.toLowerCase(Locale.ROOT), 200);
    }

    private static String ofUpgrade(WebSocketHandshakeException refused) {
        int status = refused.getResponse() == null ? 0 : refused.getResponse().statusCode();
        return status == SWITCHING_PROTOCOLS || status == 0
                ? "no WebSocket upgrade: " + words(refused)
                : "upgrade answered with " + status + " (expected: 101)";
    }

    private static @Nullable String innermost(Throwable failure) {
        String message = null;
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 10; at = at.getCause(), depth++) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message;
    }
}
