package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthServerTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final GatewayServer server = new GatewayServer(
            ServerConfig.onLoopback(),
            (_, _, _, _) -> {
                throw new IllegalStateException("a call (expected: none)");
            },
            new Nobody(),
            new Nobody(),
            Kept.nothing(),
            _ -> Optional.empty(),
            () -> "",
            List::of);
    private final CountDownLatch loopIsHeld = new CountDownLatch(1);
    private final CountDownLatch letLoopGo = new CountDownLatch(1);

    @AfterEach
    void end() {
        letLoopGo.countDown();
        server.close();
    }

    @Test
    void shouldAnswerWhileTheLoopStandsStill() throws Exception {
        try (HealthServer health = HealthServer.start("127.0.0.1", 0, server, NEVER, List::of)) {
            holdTheLoop();
            HttpResponse<String> alive = get(health, "/livez");
            assertThat(alive.statusCode()).isEqualTo(200);
            assertThat(alive.body()).startsWith("{\"alive\":true,\"loop_silent_ms\":");
            assertThat(get(health, "/readyz").body()).contains("\"starting\"");
            server.open();
            assertThat(get(health, "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldSayThatTheLoopIsStuckBeyondItsLimitAndTellWhoListens() throws Exception {
        try (HealthServer health = HealthServer.start("127.0.0.1", 0, server, Duration.ofNanos(1), List::of)) {
            BlockingQueue<Integer> told = new ArrayBlockingQueue<>(10);
            health.onTroubled((count, slowest) -> {
                assertThat(slowest).isPositive();
                told.add(count);
            });
            holdTheLoop();
            HttpResponse<String> stuck = get(health, "/livez");
            assertThat(stuck.statusCode()).isEqualTo(503);
            assertThat(stuck.body()).startsWith("{\"alive\":false,\"loop_silent_ms\":");
            assertThat(told.take()).isEqualTo(1);
            get(health, "/livez");
            assertThat(told.take()).isEqualTo(2);
        }
    }

    @Test
    void shouldBeAliveAndNotReadyInADrain() throws Exception {
        server.setDraining(true);
        try (HealthServer health = HealthServer.start("127.0.0.1", 0, server, NEVER, () -> List.of("a note"))) {
            HttpResponse<String> ready = get(health, "/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("a note");
            assertThat(get(health, "/livez").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldSayWhichPortIsTaken() {
        try (HealthServer health = HealthServer.start("127.0.0.1", 0, server, NEVER, List::of)) {
            int taken = health.port();
            assertThatThrownBy(() -> HealthServer.start("127.0.0.1", taken, server, NEVER, List::of))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken)
                    .hasMessageContaining("expected: a free port");
        }
    }

    private void holdTheLoop() throws InterruptedException {
        server.loop().execute(_ -> {
            loopIsHeld.countDown();
            try {
                letLoopGo.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        loopIsHeld.await();
    }

    private static HttpResponse<String> get(HealthServer health, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + health.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
