package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.peer.HttpAnswer;
import io.steadyline.stt.peer.PeerRefusal;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How links come about, over real sockets, against a peer that keeps or breaks the rules. */
class WebSocketTransportTest extends OverSockets {

    @Nested
    class Refusals {

        @Test
        void shouldTellStatusHeadersAndBody() {
            peer.script(1)
                    .refuse(new PeerRefusal(
                            401,
                            Map.of("DG-Error", "bad key", "WWW-Authenticate", "Token"),
                            "{\"err_code\":\"AUTH\"}"));
            open();
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("refused 401");
            assertThat(log.refusal().headers()).containsEntry("dg-error", "bad key");
            assertThat(log.refusal().body()).isEqualTo("{\"err_code\":\"AUTH\"}");
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 302, 400, 402, 403, 404, 407, 429, 500, 503})
        void shouldTellEveryStatusThatIsNotTheWantedOne(int status) {
            peer.script(1).refuse(status, "no");
            open();
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("refused " + status);
        }

        @Test
        void shouldCutALongBody() {
            peer.script(1).refuse(500, "x".repeat(100_000));
            open();
            log.awaitEnd();

            assertThat(log.refusal().body()).hasSize(4_096);
        }

        @Test
        void shouldBreakWhenNobodyListens() {
            int port = freePort();
            open(new Route.WebSocket(URI.create("ws://127.0.0.1:" + port), Map.of()));
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("broken");
            assertThat(log.cause()).isInstanceOf(IOException.class);
        }

        @Test
        void shouldBreakWhenTheUpgradeIsNotAnsweredInTime() {
            peer.script(1).openAfter(Duration.ofSeconds(10));
            open();
            log.awaitEnd();

            assertThat(log.cause()).isInstanceOf(HttpTimeoutException.class);
        }

        @ParameterizedTest
        @CsvSource({"Authorization, 'Bearer secret\r\nX: y'", "Host, secret", "Sec-WebSocket-Key, secret"})
        void shouldNotShowTheHeaderThatHttpCannotCarry(String name, String value) {
            open(new Route.WebSocket(peer.uri("/"), Map.of(name, value)));
            log.awaitEnd();

            assertThat(log.cause()).isInstanceOf(IllegalArgumentException.class).hasNoCause();
            assertThat(log.cause().toString()).doesNotContain("secret");
        }

        @Test
        void shouldNotShowTheAddressThatIsNoWebSocket() {
            open(new Route.WebSocket(URI.create("ftp://127.0.0.1/?token=secret"), Map.of()));
            log.awaitEnd();

            assertThat(log.cause())
                    .hasMessageStartingWith("request to ftp://127.0.0.1/")
                    .hasNoCause();
            assertThat(log.cause().toString()).doesNotContain("secret");
        }
    }

    @Nested
    class Prepared {

        private Link prepare(Route.Prepared.Next next) {
            return transport
                    .to(new Route.Prepared(
                            peer.httpUri("/v2/live?region=eu"),
                            Map.of("x-gladia-key", "good-key", "Content-Type", "application/json"),
                            "{\"encoding\":\"wav/ulaw\"}",
                            next))
                    .open(log);
        }

        private Route.WebSocket session(String answer) {
            return new Route.WebSocket(peer.uri("/" + answer), Map.of());
        }

        @Test
        void shouldOpenTheWebSocketThatTheAnswerNames() {
            peer.onPost(request -> HttpAnswer.json(201, "session-7"));
            Link link = prepare(this::session);
            log.awaitOpen();
            link.send(new Wire.Text("hello"));
            log.awaitLine("echo hello");

            assertThat(peer.posts()).hasSize(1);
            assertThat(peer.posts().getFirst().body()).isEqualTo("{\"encoding\":\"wav/ulaw\"}");
            assertThat(peer.posts().getFirst().header("X-Gladia-Key")).isEqualTo("good-key");
            assertThat(peer.posts().getFirst().query()).containsEntry("region", "eu");
            assertThat(peer.requests().getFirst().path()).isEqualTo("/session-7");
        }

        @Test
        void shouldTellARefusalOfTheRequest() {
            peer.onPost(request -> new HttpAnswer(402, Map.of("Retry-After", "9"), "no money"));
            prepare(this::session);
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("refused 402");
            assertThat(log.refusal().header("Retry-After")).contains("9");
            assertThat(log.refusal().body()).isEqualTo("no money");
            assertThat(peer.requests()).isEmpty();
        }

        @Test
        void shouldTellARefusalOfTheWebSocket() {
            peer.onPost(request -> HttpAnswer.json(200, "s"));
            peer.script(1).refuse(503, "full");
            prepare(this::session);
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("refused 503");
        }

        @Test
        void shouldBreakOverAnAnswerThatItCannotRead() {
            peer.onPost(request -> HttpAnswer.json(200, "nonsense"));
            prepare(answer -> {
                throw new Dialect.Garbled("answer: " + answer + " (expected: an address)");
            });
            log.awaitEnd();

            assertThat(log.cause()).isInstanceOf(Dialect.Garbled.class);
        }

        @Test
        void shouldBreakOverAnAnswerWithoutAnAddress() {
            peer.onPost(request -> HttpAnswer.json(200, "not an address"));
            prepare(answer -> new Route.WebSocket(URI.create(answer), Map.of()));
            log.awaitEnd();

            assertThat(log.cause()).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shouldBreakOverAnAnswerThatIsTooLarge() {
            peer.onPost(request -> HttpAnswer.json(200, "x".repeat(2 << 20)));
            prepare(this::session);
            log.awaitEnd();

            assertThat(log.lines()).containsExactly("broken");
        }

        @Test
        void shouldGoNoFurtherWhenItIsGivenUpDuringTheRequest() {
            peer.onPost(request -> {
                sleep();
                return HttpAnswer.json(200, "late");
            });
            Link link = prepare(this::session);
            await().until(() -> peer.posts().size() == 1);
            link.abort();

            await().until(() -> peer.socketsNow() == 0);
            assertThat(peer.requests()).isEmpty();
            assertThat(log.lines()).isEmpty();
        }

        private static void sleep() {
            try {
                Thread.sleep(300);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
