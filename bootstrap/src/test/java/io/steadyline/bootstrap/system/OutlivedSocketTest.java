package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.call.CallSettings;
import io.steadyline.journal.recorder.Recorder;
import io.steadyline.journal.recorder.RecorderSettings;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.port.CallArchive;
import io.steadyline.port.SocketHolder.Held;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Resumption;
import io.steadyline.websocket.server.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call whose server stops in the middle of anything, and that goes on with the next server on the same socket: the
 * socket is a real one, the page too. The first server's loop is stopped for good instead of being killed, so that it
 * neither reads, nor writes, nor closes.
 */
@Timeout(120)
class OutlivedSocketTest {

    private static final int FIRST_FRAMES = 5;

    @TempDir
    Path directory;

    private final HoldingHand hand = new HoldingHand();
    private final LateRecogniser firstRecogniser = new LateRecogniser(Duration.ZERO);
    private final LateRecogniser secondRecogniser = new LateRecogniser(Duration.ZERO);
    private final Agents agents = new Agents();
    private final StreamText stream = StreamText.fresh();
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final List<BareServer> servers = new ArrayList<>();

    @AfterEach
    void end() {
        testIsOver.countDown();
        servers.forEach(BareServer::close);
        hand.close();
    }

    /** Bytes of the sixth media message that the first server still gets. */
    static IntStream cuts() {
        int frame = 8 + StreamText.fresh().media(6).length();
        return IntStream.concat(
                IntStream.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 50, 100, 150, 200, 250, 300),
                IntStream.of(frame - 20, frame - 8, frame - 2, frame - 1, frame));
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("cuts")
    void shouldLoseNoByteOfAMediaMessageThatIsCut(int cut) throws Exception {
        BareServer first = server(firstRecogniser, kept(recorder(), List.of(), List.of()));
        try (RawPeer peer = RawPeer.open(first.media())) {
            begin(first, peer);
            byte[] media = peer.textFrame(stream.media(FIRST_FRAMES + 1, audio(FIRST_FRAMES + 1)));
            peer.raw(Arrays.copyOf(media, cut));
            int takenByFirst = cut == media.length ? FIRST_FRAMES + 1 : FIRST_FRAMES;
            awaitRead(peer);
            await().until(() -> firstRecogniser.taken().size() == takenByFirst);
            stop(first);

            BareServer second = adopt();
            peer.raw(Arrays.copyOfRange(media, cut, media.length));
            for (int chunk = FIRST_FRAMES + 2; chunk <= FIRST_FRAMES + 4; chunk++) {
                peer.text(stream.media(chunk, audio(chunk)));
            }
            peer.settle();
            await().until(() -> secondRecogniser.taken().size() == FIRST_FRAMES + 4 - takenByFirst);

            assertThat(heard()).containsExactlyElementsOf(numbers(1, FIRST_FRAMES + 4));
            assertGoesOn(second);
            peer.text(stream.stop());
            assertThat(second.awaitEnd(stream.callSid()).end().reason()).isEqualTo(CallEnd.Reason.HANG_UP);
            assertThat(peer.awaitClose()).isEqualTo(1000);
            peer.answerClose(1000);
            await("its socket is let go").until(() -> hand.calls().isEmpty());
            assertThat(recorder().previous().orElseThrow().calls()).isEmpty();
        }
    }

    @Test
    void shouldCloseWhatIsNotExactWith1012() throws Exception {
        BareServer first = server(firstRecogniser, kept(recorder(), List.of(), List.of()));
        try (RawPeer peer = RawPeer.open(first.media())) {
            begin(first, peer);
            peer.frame(0x01, "{\"event\":".getBytes(StandardCharsets.US_ASCII));
            peer.settle();
            stop(first);

            Recorder recorder = recorder();
            List<SlotSnapshot> left = recorder.previous().orElseThrow().calls();
            BareServer second = server(secondRecogniser, kept(recorder, left, hand));
            assertThat(second.server().adoptCalls(this::past)).containsExactly(Map.entry(left.getFirst(), Fate.CLOSED));
            assertThat(peer.awaitClose()).isEqualTo(1012);
            assertThat(hand.calls()).isEmpty();
            assertThat(second.server().liveCalls()).isZero();
        }
    }

    private void begin(BareServer server, RawPeer peer) throws IOException {
        peer.text(StreamText.CONNECTED).text(stream.start());
        for (int chunk = 1; chunk <= FIRST_FRAMES; chunk++) {
            peer.text(stream.media(chunk, audio(chunk)));
        }
        peer.settle();
        server.awaitMoment(stream.callSid(), CallMoment.CallStarted.class, _ -> true);
        await().until(() -> firstRecogniser.taken().size() == FIRST_FRAMES);
    }

    /** The server's process has read everything that the peer has sent. */
    private void awaitRead(RawPeer peer) {
        int descriptor = hand.descriptor(hand.calls().getFirst());
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> hand.counts(descriptor).readBytes() == peer.sentBytes());
    }

    /** Its loop does nothing any more, for as long as the test runs. */
    private void stop(BareServer server) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        server.server().loop().execute(_ -> {
            stopped.countDown();
            try {
                testIsOver.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        stopped.await();
    }

    private BareServer adopt() throws InterruptedException {
        Recorder recorder = recorder();
        List<SlotSnapshot> left = recorder.previous().orElseThrow().calls();
        assertThat(left).hasSize(1);
        BareServer second = server(secondRecogniser, kept(recorder, left, hand));
        assertThat(second.server().adoptCalls(this::past)).containsExactly(Map.entry(left.getFirst(), Fate.ADOPTED));
        return second;
    }

    private void assertGoesOn(BareServer second) {
        assertThat(second.moments(stream.callSid(), CallMoment.CallContinued.class))
                .singleElement()
                .satisfies(continued -> {
                    assertThat(continued.adopted()).isTrue();
                    assertThat(continued.sinceBoot()).isEqualTo("boot-1");
                    assertThat(continued.cause()).isEqualTo("it was stopped");
                });
        assertThat(agents.started()).hasSize(2);
        assertThat(agents.started().getFirst()).isEmpty();
        assertThat(agents.started().getLast().orElseThrow().sameStream()).isTrue();
        assertThat(second.badInput()).isEmpty();
        assertThat(second.failures()).isEmpty();
        assertThat(second.server().liveCalls()).isEqualTo(1);
    }

    private BareServer server(LateRecogniser recogniser, Kept kept) {
        BareServer server = new BareServer(CallSettings.DEFAULT, recogniser, agents, kept);
        servers.add(server);
        return server;
    }

    private Recorder recorder() {
        return recorder(directory.resolve("recorder"));
    }

    private static Recorder recorder(Path file) {
        BootIdentity boot = new BootIdentity("boot", 1, Instant.now(), 1, "1", "unknown", "test", "", List.of());
        Recorder recorder = Recorder.open(file, new RecorderSettings(4), boot);
        assertThat(recorder.whyNotDurable()).isEmpty();
        return recorder;
    }

    private Kept kept(Recorder recorder, List<SlotSnapshot> left, HoldingHand from) {
        return kept(recorder, from.forSuccessor(), left);
    }

    private Kept kept(Recorder recorder, List<Held> held, List<SlotSnapshot> left) {
        return new Kept(recorder, hand, CallArchive.NONE, held, "yes (a hand)", left);
    }

    private CallPast past(SlotSnapshot left) {
        return new CallPast(
                left.callId(),
                left.streamId(),
                left.startedAt(),
                "boot-1",
                "",
                left.lastMediaAt(),
                List.of(),
                List.of(),
                0,
                left.resumes(),
                0,
                0,
                false,
                "it was stopped");
    }

    private List<Long> heard() {
        return Stream.concat(firstRecogniser.taken().stream(), secondRecogniser.taken().stream())
                .map(frame -> (long) frame.payload()[0] & 0xff)
                .toList();
    }

    private static List<Long> numbers(int first, int last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static byte[] audio(int number) {
        byte[] audio = new byte[160];
        Arrays.fill(audio, (byte) number);
        return audio;
    }

    /** Remembers how each session began. */
    private static final class Agents implements AgentProvider {

        private final List<Optional<Resumption>> started = new CopyOnWriteArrayList<>();

        List<Optional<Resumption>> started() {
            return started;
        }

        @Override
        public String name() {
            return "remembering";
        }

        @Override
        public boolean wantsGreeting() {
            return false;
        }

        @Override
        public boolean isInterruptible() {
            return true;
        }

        @Override
        public AgentSession attach(CallFacts facts, AgentLine line) {
            return new AgentSession() {
                @Override
                public void onCallerFrame(AudioFrame frame) {
                    // The recogniser's frames are what is looked at.
                }

                @Override
                public void on(AgentEvent event) {
                    if (event instanceof AgentEvent.Started begun) {
                        started.add(begun.resumption());
                    }
                }

                @Override
                public void detach(String why) {
                    // Nothing is held.
                }
            };
        }
    }
}
