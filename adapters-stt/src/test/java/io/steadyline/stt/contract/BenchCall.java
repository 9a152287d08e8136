package io.steadyline.stt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.builtin.BuiltinSettings;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.runtime.RouteOpener;
import io.steadyline.stt.runtime.RuntimeSettings;
import io.steadyline.stt.runtime.SttRuntime;
import io.steadyline.stt.runtime.VendorWatch;
import io.steadyline.telemetry.RxMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One call with vendors at benches, over real sockets. Frames are offered as fast as they are taken. */
public final class BenchCall implements AutoCloseable {

    /** Short, so that a test need not wait; the tests' own patience is long. */
    public static final RuntimeSettings QUICK = new RuntimeSettings(
            Duration.ofMillis(2_500),
            Duration.ofMillis(1_500),
            Duration.ofMillis(2_500),
            Duration.ofMillis(800),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(300),
            Duration.ZERO,
            Duration.ofSeconds(15),
            500,
            BuiltinSettings.DEFAULT);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public final SpeechLog log = new SpeechLog();
    public final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
    private final SttRuntime runtime;
    private final List<Bench> benches;
    private final SttSession session;
    private int frames;

    public BenchCall(Bench... benches) {
        this.benches = List.of(benches);
        List<SttRuntime.Chosen> chosen = Arrays.stream(benches)
                .map(bench -> new SttRuntime.Chosen(bench.vendor(), bench.checkedOptions()))
                .toList();
        runtime = new SttRuntime(
                QUICK, spec -> chosen, new RouteOpener(QUICK), InstantSource.system(), List.of(), VendorWatch.NOBODY);
        session = runtime.open(new SttSpec(new CallId("bench"), AudioFormat.MULAW_8K, "", Map.of()), queue, log);
    }

    /** Speech with a pause after each second and a half, so many frames in all. */
    public void talks(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            offer(frames % 100 < 75 ? NumberedAudio.speaking(frames) : NumberedAudio.silent(frames));
        }
    }

    /** Goes on talking, no faster than a caller, until it has come to that: a stuck vendor is found by time that passes. */
    public void talksUntil(BooleanSupplier reached) throws InterruptedException {
        long untilNs = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - untilNs > 0) {
                throw new AssertionError("never came to that; told: " + log.events());
            }
            talks(10);
            Thread.sleep(200);
        }
    }

    public void speaks(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            offer(NumberedAudio.speaking(frames));
        }
    }

    public void isSilent(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            offer(NumberedAudio.silent(frames));
        }
    }

    public int frames() {
        return frames;
    }

    public SttRuntime runtime() {
        return runtime;
    }

    public void endInput() {
        queue.offer(new SttControl.EndOfInput());
    }

    public void abort() {
        session.abort();
    }

    public void awaitClosed() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !log.all(SpeechEvent.Closed.class).isEmpty());
        log.assertComplete();
    }

    public void awaitEvent(Class<? extends SpeechEvent> type) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !log.all(type).isEmpty());
    }

    /** Everything that was offered is on its way. */
    public void awaitSent() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> queue.depthFrames() == 0);
    }

    /** All peers see their connections ended. */
    public void awaitNothingOpen() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(benches)
                        .as("open at the peer; told: %s", log.events())
                        .allSatisfy(
                                bench -> assertThat(bench.peer().whatIsOpen()).isEmpty()));
    }

    /** Each frame was heard by some peer or lies in a gap that was told; finals in order, none twice. */
    public void assertNothingLostSilently() {
        Set<Integer> heard = new HashSet<>();
        benches.forEach(bench -> heard.addAll(bench.peer().heard()));
        List<SpeechEvent.Gap> gaps = log.all(SpeechEvent.Gap.class);
        if (benches.stream().allMatch(Bench::numbered)) {
            for (int frame = 0; frame < frames; frame++) {
                long startMs = frame * 20L;
                boolean told = gaps.stream()
                        .anyMatch(gap -> gap.from().toMillis() <= startMs
                                && startMs < gap.to().toMillis());
                assertThat(heard.contains(frame) || told)
                        .as("frame %d of %d, told: %s", frame, frames, log.events())
                        .isTrue();
            }
        }
        assertFinalsInOrder();
    }

    public void assertFinalsInOrder() {
        Duration end = Duration.ZERO;
        Set<String> segments = new HashSet<>();
        for (SpeechEvent.Final said : log.all(SpeechEvent.Final.class)) {
            assertThat(said.start()).as("start of %s", said).isGreaterThanOrEqualTo(end);
            assertThat(said.end()).as("end of %s", said).isGreaterThanOrEqualTo(said.start());
            assertThat(segments.add(said.segmentId())).as("once: %s", said).isTrue();
            end = said.end();
        }
        List<String> words = words();
        assertThat(words).as("words of finals; told: %s", log.events()).doesNotHaveDuplicates();
    }

    /** Words of all finals, in order; each names its first frame. */
    public List<String> words() {
        return log.all(SpeechEvent.Final.class).stream()
                .flatMap(said -> Arrays.stream(said.text().split("\\s+")))
                .toList();
    }

    @Override
    public void close() {
        runtime.close();
    }

    private void offer(byte[] payload) throws InterruptedException {
        AudioFrame frame = new AudioFrame(payload, frames);
        long untilNs = System.nanoTime() + PATIENCE.toNanos();
        while (!queue.offer(frame, RxMode.NORMAL).isAccepted()) {
            if (System.nanoTime() - untilNs > 0
                    || !log.all(SpeechEvent.Closed.class).isEmpty()) {
                throw new AssertionError("frame " + frames + " is not taken; told: " + log.events());
            }
            Thread.sleep(1);
        }
        frames++;
    }
}
