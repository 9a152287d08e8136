package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Transport;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Opens WebSockets for all recognisers with one client of the JDK: one selector thread, and a virtual thread for each thing
 * that happens. TLS trusts what the JDK trusts.
 *
 * <p>A far side that stops reading is felt only when the socket's buffers are full. Measured on loopback, 2026-11-30, JDK
 * 25.0.3: 3.3 MB, seven minutes of a call, are written before a message waits; 118 KB with
 * {@code -Djdk.httpclient.sendBufferSize=65536}, which the launcher sets. So whoever owns a link watches for answers too.
 */
public final class WebSocketTransport implements AutoCloseable {

    private static final int MAX_REFUSAL_CHARS = 4_096;
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Duration openTimeout;
    private final Executor executor;
    private final HttpClient client;

    /** @param openTimeout for each of a request and an upgrade, from the first packet to the head of the answer */
    public WebSocketTransport(Duration openTimeout) {
        this.openTimeout = openTimeout;
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("stt-link-", 0).factory());
        // HTTP/2 needs no upgrade where it is not offered, and a WebSocket cannot use it.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(openTimeout)
                .executor(executor)
                .build();
    }

    public Transport to(Route.WebSocket route) {
        return events -> {
            WebSocketLink link = new WebSocketLink(events, executor);
            executor.execute(() -> connect(route, link));
            return link;
        };
    }

    public Transport to(Route.Prepared route) {
        return events -> {
            WebSocketLink link = new WebSocketLink(events, executor);
            executor.execute(() -> prepare(route, link));
            return link;
        };
    }

    /** Breaks all links, whatever state they are in. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private void prepare(Route.Prepared route, WebSocketLink link) {
        if (link.isOver()) {
            return;
        }
        CompletableFuture<HttpResponse<String>> asking;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(route.uri())
                    .timeout(openTimeout)
                    .POST(HttpRequest.BodyPublishers.ofString(route.body()));
            route.headers().forEach(request::header);
            asking =
                    client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
        } catch (IllegalArgumentException unusable) {
            link.broken(unusable(route));
            return;
        }
        link.preparedBy(asking);
        var _ = asking.whenComplete((answer, failure) -> {
            if (failure != null) {
                link.broken(cause(failure));
            } else {
                onAnswer(route, answer, link);
            }
        });
    }

    private void onAnswer(Route.Prepared route, HttpResponse<String> answer, WebSocketLink link) {
        if (answer.statusCode() / 100 != 2) {
            link.refused(refusal(answer));
            return;
        }
        try {
            connect(route.next().webSocket(answer.body()), link);
        } catch (Dialect.Garbled | RuntimeException unreadable) {
            link.broken(unreadable);
        }
    }

    private void connect(Route.WebSocket route, WebSocketLink link) {
        if (link.isOver()) {
            return;
        }
        CompletableFuture<WebSocket> opening;
        try {
            // The builder's limit covers the whole upgrade; the client's only TCP and TLS.
            WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(openTimeout);
            route.headers().forEach(builder::header);
            if (!route.subprotocols().isEmpty()) {
                String[] others = route.subprotocols().stream().skip(1).toArray(String[]::new);
                builder.subprotocols(route.subprotocols().getFirst(), others);
            }
            opening = builder.buildAsync(route.uri(), link);
        } catch (IllegalArgumentException unusable) {
            link.broken(unusable(route));
            return;
        }
        var _ = opening.whenComplete((_, failure) -> {
            if (failure != null) {
                onNotOpened(route, cause(failure), link);
            }
        });
    }

    private static void onNotOpened(Route route, Throwable cause, WebSocketLink link) {
        switch (cause) {
            case WebSocketHandshakeException refused
            when refused.getResponse().statusCode() != SWITCHING_PROTOCOLS ->
                link.refused(refusal(refused.getResponse()));
            case IllegalArgumentException unusable -> link.broken(unusable(route));
            default -> link.broken(cause);
        }
    }

    /** The JDK's own message shows the header or address, and with it the key. */
    private static IllegalArgumentException unusable(Route route) {
        return new IllegalArgumentException("request to " + route
                + ": a header, subprotocol or address that HTTP cannot carry (expected: no line ends,"
                + " no names that HTTP keeps for itself)");
    }

    private static Refusal refusal(HttpResponse<?> response) {
        Map<String, String> headers = response.headers().map().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> String.join(", ", header.getValue()),
                        (one, other) -> one + ", " + other));
        String body = response.body() instanceof String text ? text : "";
        return new Refusal(
                response.statusCode(),
                headers,
                body.length() > MAX_REFUSAL_CHARS ? body.substring(0, MAX_REFUSAL_CHARS) : body);
    }

    private static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? inner : failure;
    }
}
