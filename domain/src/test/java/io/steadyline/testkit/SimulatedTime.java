package io.steadyline.testkit;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when told, and a loop that it wakes.
 *
 * <p>{@code advance} is a punctual loop: woken at every millisecond and at its own deadline. {@code jump} is a late one:
 * woken once, when all of the time is over.
 *
 * <pre>{@code
 * var time = SimulatedTime.waking(call::poll);
 * time.advance(100);
 * time.jump(27);
 * assertThat(time.elapsedMs()).isEqualTo(127);
 * }</pre>
 */
public final class SimulatedTime {

    public static final long NS_PER_MS = 1_000_000L;

    /** Neither zero nor a round number, so that an unset time stands out. */
    private static final long SOME_START_NS = 7_654_321_012_345L;

    private final LongConsumer poll;
    private final @Nullable LongSupplier nextDeadlineNs;
    private final long startNs;
    private long nowNs;

    private SimulatedTime(LongConsumer poll, @Nullable LongSupplier nextDeadlineNs, long startNs) {
        this.poll = poll;
        this.nextDeadlineNs = nextDeadlineNs;
        this.startNs = startNs;
        this.nowNs = startNs;
    }

    /** Time that nothing waits for. */
    public static SimulatedTime alone() {
        return waking(nowNs -> {});
    }

    /** @param poll called with the time in ns */
    public static SimulatedTime waking(LongConsumer poll) {
        return new SimulatedTime(poll, null, SOME_START_NS);
    }

    /**
     * Wakes at deadlines between the milliseconds as well. A deadline that has passed counts as none.
     *
     * @param nextDeadlineNs asked after each wake-up
     */
    public static SimulatedTime waking(LongConsumer poll, LongSupplier nextDeadlineNs) {
        return new SimulatedTime(poll, nextDeadlineNs, SOME_START_NS);
    }

    /** The same loop at a clock that overflows after {@code ms}; {@code System.nanoTime()} is allowed to. */
    public SimulatedTime wrappingAfter(long ms) {
        return new SimulatedTime(poll, nextDeadlineNs, Long.MAX_VALUE - ns(ms));
    }

    public static long ns(long ms) {
        return ms * NS_PER_MS;
    }

    public long nowNs() {
        return nowNs;
    }

    /** The instant that lies {@code ms} after the start, in the past or to come. */
    public long atMs(long ms) {
        return startNs + ns(ms);
    }

    public long elapsedMs() {
        return (nowNs - startNs) / NS_PER_MS;
    }

    /** Milliseconds from the start to an instant of this clock. */
    public double msOf(long instantNs) {
        return (instantNs - startNs) / (double) NS_PER_MS;
    }

    /** Wakes the loop at every millisecond and deadline on the way. */
    public void advance(long ms) {
        requireForward(ms);
        for (long i = 0; i < ms; i++) {
            wakeUntil(nowNs + NS_PER_MS);
        }
    }

    /** Wakes the loop once, at the end: what a late loop sees. */
    public void jump(long ms) {
        requireForward(ms);
        jumpNs(ns(ms));
    }

    public void jumpNs(long ns) {
        requireForward(ns);
        nowNs += ns;
        poll.accept(nowNs);
    }

    private void wakeUntil(long endNs) {
        if (nextDeadlineNs != null) {
            wakeAtDeadlinesBefore(endNs, nextDeadlineNs);
        }
        nowNs = endNs;
        poll.accept(nowNs);
    }

    private void wakeAtDeadlinesBefore(long endNs, LongSupplier next) {
        long deadlineNs = next.getAsLong();
        while (deadlineNs - nowNs > 0 && deadlineNs - endNs < 0) {
            nowNs = deadlineNs;
            poll.accept(nowNs);
            deadlineNs = next.getAsLong();
        }
    }

    private static void requireForward(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("time to pass: " + amount + " (expected: 0 or more)");
        }
    }
}
