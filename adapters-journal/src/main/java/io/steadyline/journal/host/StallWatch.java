package io.steadyline.journal.host;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the process stood still, and says why. A ticker on a thread of its own wakes every 20 ms; when 60 ms have
 * passed, something kept it. The thread starts with the watch, so that nothing has to be started in bad times, and is a
 * daemon. It gives the process's sign of life as well: a wake-up costs more than all that is done in it.
 */
public final class StallWatch implements AutoCloseable {

    /** Why the process stood still. */
    public enum Kind {
        /** The Java machine collected garbage. */
        GC,
        /** The whole process was stopped: SIGSTOP, a freezer, the virtual machine paused. */
        STOPPED,
        /** It wanted to run and others had the processors. */
        CPU_STARVED,
        /** It wanted to run and had used up its quota. */
        CPU_THROTTLED,
        /** The process itself was busy, or waited for the disk or a safepoint. */
        BUSY
    }

    /**
     * One stall, told when it is over.
     *
     * @param at its end, by the wall clock
     * @param length without a tick
     * @param sentence for the log
     */
    public record Stall(Instant at, Duration length, Kind kind, String sentence) {}

    private static final long TICK_NS = 20_000_000;

    /** Three frames of audio: below that nobody hears it. */
    private static final long BOUND_NS = 60_000_000;

    /** A clock is disciplined by less than this in a stall of a minute. */
    private static final long CLOCK_STEP_MS = 500;

    private static final Logger log = LoggerFactory.getLogger(StallWatch.class);

    private final Runnable eachTick;
    private final Consumer<Stall> listener;
    private final Thread thread;
    private volatile boolean ticking;
    private volatile boolean closed;

    private StallWatch(Runnable eachTick, Consumer<Stall> listener) {
        this.eachTick = eachTick;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("stall-watch").daemon().unstarted(this::run);
    }

    /**
     * Both run on the watch's thread and have to be short: while they run nothing is watched.
     *
     * @param eachTick never throws
     */
    public static StallWatch start(Runnable eachTick, Consumer<Stall> listener) {
        StallWatch watch = new StallWatch(eachTick, listener);
        watch.thread.start();
        return watch;
    }

    /** False at first: the collectors' counts take some 100 ms to find, and the start does not wait for that. */
    boolean isTicking() {
        return ticking;
    }

    private void run() {
        try (StallGauges gauges = new StallGauges()) {
            Moment last = Moment.now(gauges);
            ticking = true;
            while (!closed) {
                LockSupport.parkNanos(TICK_NS);
                eachTick.run();
                Moment now = Moment.now(gauges);
                boolean late = now.monoNs() - last.monoNs() > BOUND_NS;
                if (late) {
                    tell(stall(last, now));
                }
                // What the listener took is no stall of the process.
                last = late ? Moment.now(gauges) : now;
            }
        }
    }

    /** One tick. */
    record Moment(long monoNs, long wallMs, StallGauges.Reading reading) {
        private static Moment now(StallGauges gauges) {
            return new Moment(System.nanoTime(), System.currentTimeMillis(), gauges.read());
        }
    }

    static Stall stall(Moment before, Moment after) {
        StallGauges.Reading was = before.reading();
        StallGauges.Reading is = after.reading();
        long gapMs = (after.monoNs() - before.monoNs()) / 1_000_000;
        StallClassifier.Change change = new StallClassifier.Change(
                gapMs,
                is.gcMs() - was.gcMs(),
                difference(was.runQueueNs(), is.runQueueNs(), 1_000_000),
                difference(was.cpuMs(), is.cpuMs(), 1),
                difference(was.throttles(), is.throttles(), 1),
                difference(was.throttledNs(), is.throttledNs(), 1_000_000));
        Kind kind = StallClassifier.classify(change);
        long clockStepMs = after.wallMs() - before.wallMs() - gapMs;
        String sentence = StallClassifier.sentence(kind, change)
                + (Math.abs(clockStepMs) > CLOCK_STEP_MS
                        ? "; the wall clock moved by " + clockStepMs + " ms more than the time that passed"
                        : "");
        return new Stall(Instant.ofEpochMilli(after.wallMs()), Duration.ofMillis(gapMs), kind, sentence);
    }

    private static long difference(long was, long is, long unit) {
        return was < 0 || is < 0 ? -1 : (is - was) / unit;
    }

    private void tell(Stall stall) {
        try {
            listener.accept(stall);
        } catch (RuntimeException bug) {
            log.error("stall listener failed on: {}", stall.sentence(), bug);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
