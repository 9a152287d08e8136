package io.steadyline.restart;

import java.time.Duration;

/**
 * What was measured over one gap of a ticker that should have come every 10 ms.
 *
 * @param gapMs between two ticks, on the monotonic clock
 * @param gcMs time in garbage collections during it
 * @param runQueueWaitMs the ticker's thread was ready to run and got no processor ({@code schedstat})
 * @param processCpuMs processor time that all threads of the process got
 * @param throttledPeriods periods in which the control group's processor quota was used up ({@code nr_throttled})
 * @param wallMinusMonotonicMs how much more the wall clock moved than the monotonic one; the latter stands still while a
 *     machine is suspended
 */
public record StallSample(
        long gapMs,
        long gcMs,
        long runQueueWaitMs,
        long processCpuMs,
        long throttledPeriods,
        long wallMinusMonotonicMs) {

    public StallCause cause() {
        return StallCause.of(this);
    }

    /** One sentence with the cause and what tells it. */
    public String sentence() {
        return switch (cause()) {
            case GC -> "Garbage collection held it for " + ms(gcMs) + " of " + ms(gapMs) + ".";
            case STOPPED ->
                "The whole process stood still for " + ms(gapMs) + suspended()
                        + ": SIGSTOP, a freezer, or a paused machine.";
            case CPU_STARVED ->
                "It got no processor for " + ms(gapMs) + ": it waited " + ms(runQueueWaitMs) + " ready to run"
                        + throttled() + ".";
            case BUSY ->
                "It was late by " + ms(gapMs) + " while the process itself used " + ms(processCpuMs)
                        + " of processor time.";
        };
    }

    private String suspended() {
        return wallMinusMonotonicMs >= StallCause.SUSPENDED_MS
                ? " and the wall clock went " + ms(wallMinusMonotonicMs) + " further"
                : "";
    }

    private String throttled() {
        return throttledPeriods > 0 ? ", its quota was used up in " + Words.count(throttledPeriods, "period") : "";
    }

    private static String ms(long millis) {
        return Words.duration(Duration.ofMillis(millis));
    }
}
