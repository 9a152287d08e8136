package io.steadyline.simulator.load;

/**
 * A network that stands still and then delivers everything at once: every 2 s a stall of 1.2 s, then 60 frames of each call. Pure.
 */
final class BurstRhythm {

    static final long PERIOD_NS = 2_000_000_000L;
    static final long STALL_NS = 1_200_000_000L;

    private final long startNs;

    /** The first stall begins 0.8 s after the start. */
    BurstRhythm(long startNs) {
        this.startNs = startNs;
    }

    /** When a frame leaves that would leave at {@code dueNs} without stalls. */
    long releaseNs(long dueNs) {
        long intoNs = Math.floorMod(dueNs - startNs, PERIOD_NS);
        return intoNs < PERIOD_NS - STALL_NS ? dueNs : dueNs + PERIOD_NS - intoNs;
    }
}
