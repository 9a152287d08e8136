package io.steadyline.journal.host;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Notices that a loop does not come round any more, and keeps where it hung. One owner: a periodic task asks
 * {@link #isStuck}, about once a second; the loop's own thread has no part in it.
 *
 * <p>Only time that was watched counts: while the whole process stands still, no loop is to blame. So a machine that
 * slept for an hour finds no stuck loop when it wakes.
 */
public final class LoopWatch {

    /** A step longer than this means that the watcher did not run either. */
    private static final long MAX_STEP_NS = Duration.ofSeconds(2).toNanos();

    /** A turn takes some milliseconds; what hangs does so in few frames, below them is the same for all. */
    private static final int MAX_STACK = 40;

    private final LongSupplier lastTurnNs;
    private final long boundNs;
    private final Thread loop;
    private long seenTurnNs;
    private long lastLookNs;
    private long silentNs;
    private List<StackTraceElement> stack = List.of();

    /**
     * @param lastTurnNs when the loop last came round, by {@link System#nanoTime}; read from another thread than the loop's
     * @param bound beyond any turn that ends by itself
     * @param nowNs the watch begins
     */
    public LoopWatch(LongSupplier lastTurnNs, Duration bound, Thread loop, long nowNs) {
        if (bound.isNegative() || bound.isZero()) {
            throw new IllegalArgumentException("bound: " + bound + " (expected: more than 0)");
        }
        this.lastTurnNs = lastTurnNs;
        this.boundNs = bound.toNanos();
        this.loop = loop;
        this.seenTurnNs = lastTurnNs.getAsLong();
        this.lastLookNs = nowNs;
    }

    /** True: the loop has not come round for the whole bound, while this was watching. */
    public boolean isStuck(long nowNs) {
        long turnNs = lastTurnNs.getAsLong();
        long stepNs = Math.min(nowNs - lastLookNs, MAX_STEP_NS);
        lastLookNs = nowNs;
        if (turnNs != seenTurnNs) {
            seenTurnNs = turnNs;
            silentNs = 0;
            stack = List.of();
            return false;
        }
        silentNs += Math.max(0, stepNs);
        // From half of it on, so that there is a stack to show even when the loop frees itself at the last moment.
        if (silentNs >= boundNs / 2) {
            stack = sample();
        }
        return silentNs >= boundNs;
    }

    /** For how long the loop has been silent, as far as it was watched. */
    public Duration silentFor() {
        return Duration.ofNanos(silentNs);
    }

    /** Where the loop's thread was at the last look, innermost first; empty as long as it is not late. */
    public List<StackTraceElement> stack() {
        return stack;
    }

    /** "media-loop has not come round for 5000 ms; it is RUNNABLE at …", the stack in lines below. */
    public String sentence() {
        StringBuilder text = new StringBuilder()
                .append(loop.getName())
                .append(" has not come round for ")
                .append(silentFor().toMillis())
                .append(" ms; it is ")
                .append(loop.getState());
        stack.forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }

    private List<StackTraceElement> sample() {
        StackTraceElement[] all = loop.getStackTrace();
        return List.of(Arrays.copyOf(all, Math.min(all.length, MAX_STACK)));
    }
}
