package io.steadyline.websocket.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /livez} and {@code /readyz} on a thread of their own, which shares no lock with calls: a probe is answered even
 * while the media loop stands still. Alive means that a restart would not help; only a loop that has been stuck beyond its
 * limit is not alive. Load, vendors and drains have no part in it.
 */
public final class HealthServer implements AutoCloseable {

    /** Hears of probes that had to be told of a stuck loop. */
    @FunctionalInterface
    public interface TroubleListener {
        void onTroubled(int count, Duration slowest);
    }

    private final HttpServer http;
    private final GatewayServer server;
    private final Duration stuckLimit;
    private volatile TroubleListener listener = (_, _) -> {};
    private int troubled;

    private HealthServer(HttpServer http, GatewayServer server, Duration stuckLimit, Supplier<List<String>> notes) {
        this.http = http;
        this.server = server;
        this.stuckLimit = stuckLimit;
        http.createContext("/livez", this::live);
        http.createContext("/readyz", exchange -> {
            boolean ready = server.reasonsNotReady().isEmpty();
            answer(exchange, ready ? 200 : 503, server.readiness(notes.get()));
        });
        http.setExecutor(Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().name("health").daemon().unstarted(task)));
    }

    /**
     * Listens when it returns.
     *
     * @param port 0: any free one
     * @param stuckLimit a loop that has done nothing for so long, though it was asked to, is not alive
     * @throws UncheckedIOException the address is taken
     */
    public static HealthServer start(
            String bindAddress, int port, GatewayServer server, Duration stuckLimit, Supplier<List<String>> notes) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(bindAddress, port), 64);
            HealthServer health = new HealthServer(http, server, stuckLimit, notes);
            http.start();
            return health;
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "health port: cannot listen on " + bindAddress + ":" + port + " (" + taken.getMessage()
                            + "); expected: a free port on an address of this host",
                    taken);
        }
    }

    public int port() {
        return http.getAddress().getPort();
    }

    public void onTroubled(TroubleListener toTell) {
        listener = toTell;
    }

    private void live(HttpExchange exchange) throws IOException {
        Duration silent = Duration.ofNanos(Math.max(0, System.nanoTime() - server.lastTurnNs()));
        if (silent.compareTo(stuckLimit) < 0) {
            answer(exchange, 200, "{\"alive\":true,\"loop_silent_ms\":" + silent.toMillis() + "}\n");
            return;
        }
        troubled++;
        listener.onTroubled(troubled, silent);
        answer(exchange, 503, "{\"alive\":false,\"loop_silent_ms\":" + silent.toMillis() + "}\n");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
