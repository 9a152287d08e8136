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
import io.steadyline.port.SocketHolder.SocketCounts;
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
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int FIRST_FRAMES = 5;
    private static final int LEAST_PING_BYTES = 60;
    private static final int MAX_FILLS = 60;

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
    void shouldCompleteAMessageThatIsHalfWritten() throws Exception {
        BareServer first = server(firstRecogniser, kept(recorder(), List.of(), List.of()));
        try (RawPeer peer = RawPeer.openWithBuffer(first.media(), 2_048)) {
            begin(first, peer);
            limitSendBuffer(hand.descriptor(hand.calls().getFirst()));
            int received = fillUntilHalfWritten(peer);
            stop(first);
            assertThat(inHand()).isPositive();

            BareServer second = adopt();
            peer.settle();
            List<String> pongs = peer.seen().stream()
                    .filter(event -> event.startsWith("pong ping"))
                    .toList();
            // The one in hand is completed; those behind it were never begun, and only the last one would have been owed.
            assertThat(pongs)
                    .allMatch(pong -> pong.matches("pong ping[0-9]{5}x+") && pong.length() >= 5 + LEAST_PING_BYTES);
            assertThat(Integer.parseInt(pongs.getLast().substring(9, 14))).isLessThan(received);
            assertThat(pongs).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(10);
            peer.text(stream.media(FIRST_FRAMES + 1, audio(FIRST_FRAMES + 1)));
            await().until(() -> secondRecogniser.taken().size() == 1);
            assertThat(heard()).containsExactlyElementsOf(numbers(1, FIRST_FRAMES + 1));
            assertGoesOn(second);
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

    /** Pings are answered at once, and the peer does not read: sooner or later an answer stays in the middle. */
    private int fillUntilHalfWritten(RawPeer peer) throws IOException {
        int pings = 0;
        for (int fill = 0; fill < MAX_FILLS; fill++) {
            int stuckFor = 0;
            long written = -1;
            while (stuckFor < 5) {
                peer.frame(RawPeer.PING, ping(pings++, LEAST_PING_BYTES + fill % 60));
                awaitRead(peer);
                long now = hand.counts(hand.descriptor(hand.calls().getFirst())).writtenBytes();
                stuckFor = now == written ? stuckFor + 1 : 0;
                written = now;
            }
            if (inHand() > 0) {
                return pings;
            }
            peer.settle();
        }
        throw new AssertionError("no answer stayed in the middle in " + MAX_FILLS + " tries");
    }

    /** Bytes written of the message that is in hand; 0 when all of it was, or nothing. */
    private long inHand() throws IOException {
        // A copy: to open the recorder is to write to it, and the server still does.
        Path copy = Files.copy(
                directory.resolve("recorder"), directory.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
        SlotSnapshot page = recorder(copy).previous().orElseThrow().calls().getFirst();
        SocketCounts counts = hand.counts(hand.descriptor(page.socketName()));
        long inHand = counts.writtenBytes() - page.txBase() - page.txStart();
        return inHand < page.txBytes() ? inHand : 0;
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
        return new Kept(recorder, hand, CallArchive.NONE, held, left);
    }

    private CallPast past(SlotSnapshot left) {
        return new CallPast(
                left.callId(), left.streamId(), left.startedAt(), "boot-1", "", left.lastMediaAt(), List.of(),
                List.of(), 0, left.resumes(), 0, 0, false, "it was stopped");
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

    private static byte[] ping(int number, int bytes) {
        String text = "ping%05d".formatted(number);
        return (text + "x".repeat(bytes - text.length())).getBytes(StandardCharsets.US_ASCII);
    }

    @SuppressWarnings("restricted") // For one option that no channel of the server can be asked to set from here.
    private static void limitSendBuffer(int descriptor) {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
        var setsockopt = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setsockopt"),
                FunctionDescriptor.of(integer, integer, integer, integer, ValueLayout.ADDRESS, integer));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment least = arena.allocateFrom(integer, 1);
            assertThat((int) setsockopt.invokeWithArguments(descriptor, SOL_SOCKET, SO_SNDBUF, least, 4))
                    .isZero();
        } catch (Throwable failure) {
            throw new IllegalStateException("setsockopt", failure);
        }
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
