package io.steadyline.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.steadyline.simulator.ws.Handshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Real sockets and real time; what is asserted holds on any machine, however late it is. */
class LoadTestTest {

    private static LoadPlan plan(EchoServer server, int calls, int seconds, Strain... strains) {
        return new LoadPlan(
                server.media(),
                calls,
                200,
                Duration.ZERO,
                Duration.ofSeconds(seconds),
                Set.of(strains),
                Map.of(),
                OptionalLong.of(ProcessHandle.current().pid()),
                Core.SHARED,
                false);
    }

    @Test
    void shouldSeeEveryFrameOfTwentyCallsComeBack() throws IOException {
        try (EchoServer server = new EchoServer(20)) {
            List<LoadReport.Second> told = new ArrayList<>();
            LoadReport report = new LoadTest(plan(server, 20, 2)).run(told::add);
            assertThat(report.frames().areFlawless()).as(LoadText.table(report)).isTrue();
            assertThat(report.frames().returned())
                    .isEqualTo(report.frames().sent())
                    .isPositive();
            assertThat(report.calls().finished()).isEqualTo(20);
            assertThat(report.calls().refused()).isEmpty();
            assertThat(report.roundTrips().count()).isPositive();
            assertThat(report.gaps().count()).isPositive();
            assertThat(report.drift().firstTenth().count()
                            + report.drift().lastTenth().count())
                    .isLessThanOrEqualTo(report.gaps().count());
            assertThat(report.lateness().count()).isPositive();
            assertThat(told).isEqualTo(report.seconds()).isNotEmpty();
            assertThat(server.starts()).hasSize(20).allMatch(start -> start.contains("\"sequenceNumber\":\"1\""));
            assertThat(server.stops()).hasSize(20);
            JsonNode json = JsonMapper.builder().build().readTree(LoadText.json(report));
            assertThat(json.at("/frames/lost").asInt(-1)).isZero();
            assertThat(json.at("/drift/lastTenth/count").isNumber()).isTrue();
            assertThat(json.at("/server/callsUp").asInt()).isEqualTo(20);
            assertThat(json.at("/seconds/0/second").asInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldSeeEveryFrameAlsoWhereItDoesNotSleep() throws IOException {
        try (EchoServer server = new EchoServer(20)) {
            LoadReport report = new LoadTest(alone(server.media())).run(second -> {});
            assertThat(report.frames().areFlawless()).as(LoadText.table(report)).isTrue();
            assertThat(report.calls().finished()).isEqualTo(20);
            assertThat(report.lateness().count()).isPositive();
        }
    }

    @Test
    void shouldNotCountWhatItWaitsForAwakeAsWork() throws IOException {
        long startNs = System.nanoTime();
        URI media = URI.create("ws://127.0.0.1:1/m");
        try (LoadDesk desk = new LoadDesk(false)) {
            LoadLoop loop = new LoadLoop(
                    alone(media),
                    desk,
                    new LoadMeters(),
                    new InetSocketAddress(media.getHost(), media.getPort()),
                    startNs);
            loop.turn(startNs + 1_000_000);
            assertThat(loop.idleNs()).isBetween(1L, 50_000L);
        }
        assertThat(LoadTest.share(1_500, 400_000_000, 2_000_000_000)).isEqualTo(0.55);
        assertThat(LoadTest.share(1_500, 0, 2_000_000_000)).isEqualTo(0.75);
        assertThat(LoadTest.share(10, 11_000_000, 2_000_000_000)).isZero();
    }

    private static LoadPlan alone(URI media) {
        return LoadPlan.of(media, 20, Duration.ofSeconds(2)).on(Core.OWN);
    }

    @Test
    void shouldKnowFramesOfSpeechAndOfCallsThatComeAndGo() throws IOException {
        try (EchoServer server = new EchoServer(100)) {
            LoadReport report = new LoadTest(plan(server, 40, 4, Strain.SPEECH, Strain.CHURN)).run(second -> {});
            assertThat(report.frames().areFlawless()).as(LoadText.table(report)).isTrue();
            assertThat(report.calls().finished()).isGreaterThan(40);
        }
    }

    /** The second and a fifth before the first burst are over when a call has heard its echo for two seconds. */
    @Test
    void shouldSeeEveryFrameOfABurstComeBack() throws IOException {
        try (EchoServer server = new EchoServer(3)) {
            LoadReport report = new LoadTest(plan(server, 3, 3, Strain.BURSTS)).run(second -> {});
            assertThat(report.frames().areFlawless()).as(LoadText.table(report)).isTrue();
            assertThat(report.bursts().bursts()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void shouldSendInOnePieceWhatAStallHasHeldBack() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoadDesk desk = new LoadDesk(false)) {
            Handshake handshake = new Handshake(URI.create("ws://localhost/m"), Map.of());
            LoadSocket socket = new LoadSocket(desk, new NobodyTold(), handshake);
            socket.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
            try (Socket server = listener.accept()) {
                open(desk, socket, server);
                byte[] text = new byte[1_000];
                socket.hold();
                for (int i = 0; i < 20; i++) {
                    assertThat(socket.send(text, text.length)).isTrue();
                }
                assertThat(server.getInputStream().available()).isZero();
                socket.release();
                int framesBytes = 20 * (8 + text.length);
                assertThat(server.getInputStream().readNBytes(framesBytes)).hasSize(framesBytes);
            }
        }
    }

    private static void open(LoadDesk desk, LoadSocket socket, Socket server) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            desk.selector().select(key -> socket.onReady(), 10);
            while (server.getInputStream().available() > 0) {
                request.append((char) server.getInputStream().read());
            }
        }
        server.getOutputStream().write(EchoServer.upgrade(request).getBytes(StandardCharsets.US_ASCII));
        while (!socket.isOpen()) {
            desk.selector().select(key -> socket.onReady(), 10);
        }
    }

    private static final class NobodyTold implements LoadSocket.Owner {

        @Override
        public void onOpen(long nowNs) {}

        @Override
        public void onText(byte[] message, int from, int end, long nowNs) {}

        @Override
        public void onEnd(boolean wasOpen, String answer) {}
    }

    @Test
    void shouldCountRefusedCallsByTheAnswerTheyGot() throws IOException {
        try (EchoServer server = new EchoServer(3)) {
            LoadReport report = new LoadTest(plan(server, 5, 1)).run(second -> {});
            assertThat(report.calls().refused()).containsExactly(Map.entry("upgrade: HTTP/1.1 503 Full", 2));
            assertThat(report.calls().finished()).isEqualTo(3);
            assertThat(report.frames().areFlawless()).isTrue();
            assertThat(LoadText.table(report)).contains("2: upgrade: HTTP/1.1 503 Full");
        }
    }

    @Test
    void shouldNotCallAFrameLostThatARefusedCallHadSentBeforeItsAnswer() throws IOException {
        try (EchoServer server = new EchoServer(3, EchoServer.Refusal.FIRST_FRAME)) {
            LoadReport report = new LoadTest(plan(server, 5, 1)).run(second -> {});
            assertThat(LoadMeters.sum(report.calls().refused())).isEqualTo(2);
            assertThat(report.calls().refused().keySet()).allMatch(answer -> answer.startsWith("before an echo: "));
            assertThat(report.calls().finished()).isEqualTo(3);
            assertThat(report.frames().areFlawless()).as(LoadText.table(report)).isTrue();
            assertThat(report.frames().sent()).isEqualTo(report.frames().returned());
        }
    }

    @Test
    void shouldNotLoadAnotherHostUnlessItMay() {
        LoadPlan plan = LoadPlan.of(URI.create("ws://192.0.2.1:1/m"), 1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> new LoadTest(plan)).hasMessageContaining("not on this machine's loopback");
    }
}
