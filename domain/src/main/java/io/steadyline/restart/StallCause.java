package io.steadyline.restart;

/** Why a live process stood still. A metric label. */
public enum StallCause {
    /** Garbage collection. */
    GC,
    /** Nothing of the process ran: SIGSTOP, a freezer, or a pause of the machine. */
    STOPPED,
    /** It wanted to run and got no processor: a quota, or too much beside it. */
    CPU_STARVED,
    /** It ran, and did something else. */
    BUSY;

    /** The kernel's usual period of a processor quota ({@code cpu.cfs_period_us}). */
    private static final long QUOTA_PERIOD_MS = 100;

    /** More than clocks drift apart or are slewed in one gap. */
    static final long SUSPENDED_MS = 500;

    /**
     * What explains at least half of the gap, in this order. Throttling is also counted in periods, because a thread that
     * sleeps when the quota runs out does not wait in a queue. A suspended machine shows only in the wall clock.
     */
    public static StallCause of(StallSample sample) {
        if (isHalf(sample.gcMs(), sample)) {
            return GC;
        }
        if (isHalf(sample.runQueueWaitMs(), sample) || isHalf(sample.throttledPeriods() * QUOTA_PERIOD_MS, sample)) {
            return CPU_STARVED;
        }
        if (sample.wallMinusMonotonicMs() >= SUSPENDED_MS || !isHalf(sample.processCpuMs(), sample)) {
            return STOPPED;
        }
        return BUSY;
    }

    private static boolean isHalf(long partMs, StallSample sample) {
        return partMs > 0 && partMs >= sample.gapMs() - partMs;
    }
}
