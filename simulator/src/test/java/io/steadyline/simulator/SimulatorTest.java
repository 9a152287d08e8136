package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.steadyline.simulator.CallEvent.Kind;
import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.ScriptedServer.Frame;
import io.steadyline.simulator.ScriptedServer.Peer;
import io.steadyline.simulator.audio.Audio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String SID = "MZ0001";

    private final Simulator simulator = Simulator.start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static CallPlan.Builder plan(ScriptedServer server) {
        return CallPlan.to(server.uri())
                .accountSid("AC0001")
                .callSid("CA0001")
                .streamSid(SID)
                .duration(SHORT);
    }

    private CallReport call(CallPlan.Builder plan) throws Exception {
        return simulator.place(plan.build()).get(20, TimeUnit.SECONDS);
    }

    private static String media(String payload) {
        return "{\"event\":\"media\",\"streamSid\":\"" + SID + "\",\"media\":{\"payload\":\"" + payload + "\"}}";
    }

    private static String silence(int bytes) {
        byte[] audio = new byte[bytes];
        Arrays.fill(audio, (byte) 0xFF);
        return media(Base64.getEncoder().encodeToString(audio));
    }

    private static String mark(String name) {
        return "{\"event\":\"mark\",\"streamSid\":\"" + SID + "\",\"mark\":{\"name\":\"" + name + "\"}}";
    }

    private static final String CLEAR = "{\"event\":\"clear\",\"streamSid\":\"" + SID + "\"}";

    private static List<Kind> kinds(CallReport report) {
        return report.events().stream().map(CallEvent::kind).toList();
    }

    /** Sends back the audio of each media message until the client closes. */
    private static void echo(Peer peer) throws IOException {
        while (true) {
            Frame frame = peer.read();
            if (frame.opcode() == 8) {
                peer.close(1000, "");
                return;
            }
            int payload = frame.text().indexOf("\"payload\":\"");
            if (payload >= 0) {
                int start = payload + "\"payload\":\"".length();
                peer.send(media(frame.text().substring(start, frame.text().indexOf('"', start))));
            }
        }
    }

    @Nested
    class OnTheWire {

        @Test
        void shouldSpeakAsTheProviderDoes() throws Exception {
            BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                Frame frame;
                do {
                    frame = peer.read();
                    frames.add(frame);
                } while (frame.opcode() != 8);
                peer.close(1000, "");
            })) {
                CallReport report = call(plan(server)
                        .parameter("tenant", "acme")
                        .parameter("token", "one-time-9c1f")
                        .speech(Speech.silence())
                        .digit('5', Duration.ofMillis(150)));
                String silence = "/".repeat(213) + "w==";
                List<String> texts = frames.stream().map(Frame::text).toList();
                assertThat(frames).allMatch(Frame::isMasked).allMatch(Frame::isFinal);
                assertThat(texts.get(0))
                        .isEqualTo("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
                assertThat(texts.get(1))
                        .isEqualTo(
                                "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ0001\",\"start\":{"
                                    + "\"accountSid\":\"AC0001\",\"callSid\":\"CA0001\",\"streamSid\":\"MZ0001\","
                                    + "\"tracks\":[\"inbound\"],"
                                    + "\"customParameters\":{\"tenant\":\"acme\",\"token\":\"one-time-9c1f\"},"
                                    + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1}}}");
                assertThat(texts.get(3))
                        .isEqualTo("{\"event\":\"media\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ0001\","
                                + "\"media\":{\"track\":\"inbound\",\"chunk\":\"2\",\"timestamp\":\"40\",\"payload\":\""
                                + silence + "\"}}");
                String dtmf = texts.stream()
                        .filter(text -> text.contains("\"event\":\"dtmf\""))
                        .findFirst()
                        .orElseThrow();
                int dtmfNumber = texts.indexOf(dtmf);
                assertThat(dtmf)
                        .isEqualTo("{\"event\":\"dtmf\",\"streamSid\":\"MZ0001\",\"sequenceNumber\":\"" + dtmfNumber
                                + "\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"5\"}}");
                assertThat(texts.get(texts.size() - 2))
                        .isEqualTo("{\"event\":\"stop\",\"sequenceNumber\":\"" + (texts.size() - 2)
                                + "\",\"streamSid\":\"MZ0001\","
                                + "\"stop\":{\"accountSid\":\"AC0001\",\"callSid\":\"CA0001\"}}");
                assertThat(texts.getLast()).isEqualTo("\u0003\u00e8");
                assertThat(report.sent().messages()).isEqualTo(texts.size() - 1);
                assertThat(report.wasCompleted()).isTrue();
            }
        }

        @Test
        void shouldSendTheHeadersOfThePlanOnTheUpgrade() throws Exception {
            try (ScriptedServer server = new ScriptedServer(SimulatorTest::echo)) {
                call(plan(server)
                        .signedWith("12345", "wss://gw.example.com/twilio/stream")
                        .header("X-Extra", "1"));
                assertThat(server.request())
                        .startsWith("GET /twilio/stream HTTP/1.1\r\nHost: 127.0.0.1:")
                        .contains("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ")
                        .contains("Sec-WebSocket-Version: 13\r\n")
                        .contains("x-twilio-signature: 6kSFM47d6TDx1JKKQp6JOiRv5eY=\r\n")
                        .contains("X-Extra: 1\r\n");
            }
        }

        @Test
        void shouldStreamBothTracksOfAForkWithChunksOfTheirOwn() throws Exception {
            BlockingQueue<String> texts = new LinkedBlockingQueue<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                Frame frame;
                do {
                    frame = peer.read();
                    texts.add(frame.text());
                } while (frame.opcode() != 8);
                peer.close(1000, "");
            })) {
                call(plan(server).tracks(Tracks.BOTH));
                List<String> sent = List.copyOf(texts);
                assertThat(sent.get(1)).contains("\"tracks\":[\"inbound\",\"outbound\"]");
                assertThat(sent.get(2))
                        .contains("\"sequenceNumber\":\"2\"")
                        .contains("\"track\":\"inbound\",\"chunk\":\"1\"");
                assertThat(sent.get(3))
                        .contains("\"sequenceNumber\":\"3\"")
                        .contains("\"track\":\"outbound\",\"chunk\":\"1\"");
            }
        }
    }

    @Nested
    class WhenTheServerAnswers {

        @Test
        void shouldMatchEveryEchoedFrame() throws Exception {
            try (ScriptedServer server = new ScriptedServer(SimulatorTest::echo)) {
                CallReport report = call(plan(server).echoProbe(true).duration(Duration.ofMillis(600)));
                CallReport.Echo echo = Objects.requireNonNull(report.echo());
                assertThat(echo.sent()).isPositive();
                assertThat(echo.returned() + echo.tail()).isEqualTo(echo.sent());
                assertThat(echo.lost() + echo.reordered() + echo.doubled() + echo.foreign())
                        .isZero();
                assertThat(echo.roundTrip().count()).isEqualTo(echo.returned());
                assertThat(report.received().frames()).isPositive();
                assertThat(report.malformed()).isEmpty();
                assertThat(report.received().firstMediaMs()).isPresent();
            }
        }

        @Test
        void shouldReturnMarksWhenPlayedAtOnceAndOnClear() throws Exception {
            BlockingQueue<String> marks = new LinkedBlockingQueue<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                peer.send(mark("nothing held"));
                marks.add(peer.readEvent("mark"));
                peer.sendTogether(silence(1_600), mark("after 200 ms"));
                marks.add(peer.readEvent("mark"));
                peer.sendTogether(silence(40_000), mark("cut 1"), mark("cut 2"), CLEAR);
                marks.add(peer.readEvent("mark"));
                marks.add(peer.readEvent("mark"));
                peer.close(1000, "done");
                peer.readUntilClose();
            })) {
                CallReport report =
                        call(plan(server).duration(Duration.ofSeconds(20)).hangUp(HangUp.BY_SERVER));
                assertThat(report.playout().marks())
                        .extracting(CallReport.Mark::name, CallReport.Mark::cause)
                        .containsExactly(
                                tuple("nothing held", MarkCause.NOTHING_BUFFERED),
                                tuple("after 200 ms", MarkCause.PLAYED),
                                tuple("cut 1", MarkCause.CLEARED),
                                tuple("cut 2", MarkCause.CLEARED));
                CallReport.Mark played = report.playout().marks().get(1);
                assertThat(played.returnedMs() - played.receivedMs()).isGreaterThan(190);
                assertThat(marks.poll())
                        .matches("\\{\"event\":\"mark\",\"sequenceNumber\":\"[0-9]+\","
                                + "\"streamSid\":\"MZ0001\",\"mark\":\\{\"name\":\"nothing held\"}}");
                assertThat(report.playout().clears()).isOne();
                assertThat(report.playout().clearedMs()).isBetween(1L, 5_000L);
                assertThat(report.wasCompleted()).isTrue();
                assertThat(report.ending().closeReason()).isEqualTo("done");
            }
        }

        @Test
        void shouldSwallowMarksWhenToldTo() throws Exception {
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                peer.send(mark("m"));
                while (peer.read().opcode() != 8) {
                    // until the client hangs up
                }
                peer.close(1000, "");
            })) {
                CallReport report = call(plan(server).markReplies(MarkReplies.NEVER));
                assertThat(report.playout().markCount()).isOne();
                assertThat(report.sent().messages()).isEqualTo(report.sent().frames() + 3);
            }
        }

        @Test
        void shouldJoinFragmentsAndAnswerPingsBetweenThem() throws Exception {
            BlockingQueue<Frame> pongs = new LinkedBlockingQueue<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                byte[] message = silence(160).getBytes(StandardCharsets.UTF_8);
                peer.frame(0x01, Arrays.copyOf(message, 10));
                peer.frame(0x89, new byte[] {'h', 'i'});
                peer.frame(0x00, Arrays.copyOfRange(message, 10, 11));
                peer.frame(0x80, Arrays.copyOfRange(message, 11, message.length));
                Frame frame;
                do {
                    frame = peer.read();
                } while (frame.opcode() != 10);
                pongs.add(frame);
                peer.readUntilClose();
                peer.close(1000, "");
            })) {
                CallReport report = call(plan(server));
                assertThat(report.received().frames()).isOne();
                assertThat(report.received().pings()).isOne();
                assertThat(pongs.poll()).isEqualTo(new Frame(true, 10, true, "hi"));
            }
        }

        @Test
        void shouldListWhatTheProviderWouldWarnOf() throws Exception {
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                peer.send("{\"event\":\"hangup\",\"streamSid\":\"MZ0001\"}");
                peer.send("{\"event\":\"clear\",\"streamSid\":\"MZ0002\"}");
                peer.send("not json");
                peer.send(media("!!!!"));
                peer.frame(0x82, new byte[3]);
                peer.readUntilClose();
                peer.close(1000, "");
            })) {
                CallReport report = call(plan(server));
                assertThat(report.malformedCount()).isEqualTo(5);
                assertThat(report.malformed())
                        .extracting(CallReport.Malformed::why)
                        .satisfiesExactly(
                                why -> assertThat(why).isEqualTo("unknown event 'hangup'"),
                                why -> assertThat(why).isEqualTo("streamSid 'MZ0002' (expected: 'MZ0001')"),
                                why -> assertThat(why).startsWith("not JSON: "),
                                why -> assertThat(why).startsWith("media.payload is not base64: "),
                                why -> assertThat(why).isEqualTo("binary message of 3 bytes (expected: text)"));
            }
        }

        @Test
        void shouldTakeAnythingOnAForkAsMalformed() throws Exception {
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                peer.send(silence(160));
                peer.readUntilClose();
                peer.close(1000, "");
            })) {
                CallReport report = call(plan(server).tracks(Tracks.OUTBOUND));
                assertThat(report.malformedCount()).isOne();
                assertThat(report.received().frames()).isZero();
            }
        }

        @Test
        void shouldRecordTheAnswer() throws Exception {
            byte[] answer = new byte[400];
            Arrays.fill(answer, (byte) 0x2A);
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                peer.send(media(Base64.getEncoder().encodeToString(answer)));
                peer.readUntilClose();
                peer.close(1000, "");
            })) {
                byte[] heard = call(plan(server)).answer().muLaw();
                assertThat(Arrays.copyOfRange(heard, heard.length - 400, heard.length))
                        .isEqualTo(answer);
            }
        }
    }

    @Nested
    class AtTheEnd {

        @Test
        void shouldReportWhatTheServerClosedWith() throws Exception {
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("media");
                peer.close(1011, "worker lost");
                assertThat(peer.readUntilClose()).isEqualTo(1011);
            })) {
                CallReport report = call(plan(server).duration(Duration.ofSeconds(20)));
                assertThat(report.ending().outcome()).isEqualTo(Outcome.SERVER_CLOSED);
                assertThat(report.ending().closeCode()).hasValue(1011);
                assertThat(report.ending().closeReason()).isEqualTo("worker lost");
                assertThat(report.wasCompleted()).isFalse();
                assertThat(kinds(report)).contains(Kind.CLOSE_RECEIVED).endsWith(Kind.ENDED);
            }
        }

        @Test
        void shouldReportABrokenConnection() throws Exception {
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("media");
                peer.reset();
            })) {
                CallReport report = call(plan(server).duration(Duration.ofSeconds(20)));
                assertThat(report.ending().outcome()).isEqualTo(Outcome.BROKEN);
                assertThat(report.ending().outcome().providerError()).isEqualTo(31903);
                assertThat(report.ending().closeCode()).isEmpty();
            }
        }

        @Test
        void shouldHangUpWithoutStopWhenAbrupt() throws Exception {
            CompletableFuture<Boolean> sawGoodbye = new CompletableFuture<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                try {
                    while (true) {
                        Frame frame = peer.read();
                        if (frame.opcode() == 8 || frame.text().contains("\"event\":\"stop\"")) {
                            sawGoodbye.complete(true);
                        }
                    }
                } finally {
                    sawGoodbye.complete(false);
                }
            })) {
                CallReport report = call(plan(server).hangUp(HangUp.ABRUPT));
                assertThat(sawGoodbye.get(10, TimeUnit.SECONDS)).isFalse();
                assertThat(report.wasCompleted()).isTrue();
                assertThat(report.lastedMs()).isGreaterThanOrEqualTo(SHORT.toMillis());
            }
        }

        @Test
        void shouldResetTheConnectionWhenToldTo() throws Exception {
            CompletableFuture<String> end = new CompletableFuture<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                try {
                    peer.readUntilClose();
                } catch (IOException e) {
                    end.complete(e.toString());
                }
            })) {
                call(plan(server).hangUp(HangUp.RESET));
                assertThat(end.get(10, TimeUnit.SECONDS))
                        .contains("SocketException")
                        .contains("reset");
            }
        }

        @Test
        void shouldSayWhenTheServerDidNotHangUp() throws Exception {
            try (ScriptedServer server = new ScriptedServer(SimulatorTest::echo)) {
                CallReport report = call(plan(server).hangUp(HangUp.BY_SERVER));
                assertThat(kinds(report)).contains(Kind.SERVER_DID_NOT_HANG_UP, Kind.STOP_SENT);
                assertThat(report.wasCompleted()).isFalse();
            }
        }

        @Test
        void shouldFailTheConnectionWhenTheServerBreaksTheProtocol() throws Exception {
            BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                peer.readEvent("start");
                peer.raw(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0});
                codes.add(peer.readUntilClose());
            })) {
                CallReport report = call(plan(server).duration(Duration.ofSeconds(20)));
                assertThat(report.ending().outcome()).isEqualTo(Outcome.PROTOCOL_ERROR);
                assertThat(report.ending().detail()).isEqualTo("masked frame from a server");
                assertThat(codes.poll(10, TimeUnit.SECONDS)).isEqualTo(1002);
            }
        }

        @Test
        void shouldPressAndHangUpWhenAskedInMidCall() throws Exception {
            CompletableFuture<String> digit = new CompletableFuture<>();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                digit.complete(peer.readEvent("dtmf"));
                peer.readUntilClose();
                peer.close(1000, "");
            })) {
                CompletableFuture<Boolean> started = new CompletableFuture<>();
                LiveCall call = simulator.dial(plan(server)
                        .duration(Duration.ofMinutes(5))
                        .listener(event -> started.complete(true))
                        .build());
                started.get(10, TimeUnit.SECONDS);
                call.press('#');
                assertThat(digit.get(10, TimeUnit.SECONDS)).contains("\"digit\":\"#\"");
                call.hangUp(HangUp.STOP_THEN_CLOSE);
                assertThat(call.report().get(10, TimeUnit.SECONDS).wasCompleted())
                        .isTrue();
            }
        }

        @Test
        void shouldReportCallsThatItsOwnEndCuts() throws Exception {
            try (ScriptedServer server = new ScriptedServer(SimulatorTest::echo)) {
                CompletableFuture<CallReport> report = simulator.place(
                        plan(server).duration(Duration.ofMinutes(5)).build());
                simulator.close();
                assertThat(report.get(10, TimeUnit.SECONDS).ending().outcome()).isEqualTo(Outcome.CANCELLED);
                assertThatThrownBy(() -> simulator.place(plan(server).build()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
            }
        }
    }

    @Nested
    class WhenThereIsNoStream {

        @Test
        void shouldReportTheStatusOfARefusal() throws Exception {
            try (ScriptedServer server =
                    ScriptedServer.refusing("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) {
                CallReport report = call(plan(server));
                assertThat(report.ending().outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(report.ending().httpStatus()).hasValue(403);
                assertThat(report.ending().detail()).isEqualTo("HTTP/1.1 403 Forbidden");
                assertThat(report.wasConnected()).isFalse();
                assertThat(report.ending().connectMs()).isPresent();
            }
        }

        @Test
        void shouldRefuseAWrongAcceptKey() throws Exception {
            List<String> head = List.of(
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: AAAA",
                    "",
                    "");
            try (ScriptedServer server = ScriptedServer.refusing(String.join("\r\n", head))) {
                CallReport report = call(plan(server));
                assertThat(report.ending().outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(report.ending().detail()).startsWith("Sec-WebSocket-Accept: AAAA (expected: ");
            }
        }

        @Test
        void shouldReportAServerThatIsNotThere() throws Exception {
            int port;
            try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = unused.getLocalPort();
            }
            CallReport report = call(CallPlan.to("ws://127.0.0.1:" + port + "/"));
            assertThat(report.ending().outcome()).isEqualTo(Outcome.UNREACHABLE);
        }

        @Test
        void shouldReportAServerThatDoesNotAnswer() throws Exception {
            try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                CallReport report = call(CallPlan.to("ws://127.0.0.1:" + mute.getLocalPort() + "/")
                        .setUpLimit(Duration.ofMillis(50)));
                assertThat(report.ending().outcome()).isEqualTo(Outcome.TIMED_OUT);
            }
        }
    }

    @Test
    void shouldPlaceManyCallsAtOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
            List<CallPlan> plans = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                plans.add(CallPlan.to(server.uri())
                        .duration(Duration.ofMillis(500))
                        .echoProbe(true)
                        .build());
            }
            List<CallReport> reports = new ArrayList<>();
            for (CompletableFuture<CallReport> report : simulator.placeAll(plans, Duration.ofMillis(2))) {
                reports.add(report.get(20, TimeUnit.SECONDS));
            }
            assertThat(reports).allMatch(CallReport::wasCompleted);
            assertThat(reports)
                    .allMatch(report -> Objects.requireNonNull(report.echo()).lost() == 0);
            assertThat(Summary.of(reports)).contains("calls            30, as planned 30");
        }
    }

    @Test
    void shouldTellItsProgressEachSecond() throws Exception {
        BlockingQueue<Progress> seconds = new LinkedBlockingQueue<>();
        try (ScriptedServer server = new ScriptedServer(SimulatorTest::echo);
                Simulator told = Simulator.start(seconds::add)) {
            LiveCall call =
                    told.dial(plan(server).duration(Duration.ofSeconds(20)).build());
            Progress first = Objects.requireNonNull(seconds.poll(10, TimeUnit.SECONDS));
            assertThat(call.report()).isNotDone();
            assertThat(first.second()).isOne();
            assertThat(first.active() + first.dialling()).isOne();
        }
    }

    @Test
    void shouldBundleAVoiceOfSomeSeconds() {
        assertThat(Audio.voice().durationMs()).isBetween(7_000L, 10_000L);
    }
}
