package io.steadyline.pacing;

/**
 * From the first call that was refused for the load until none has been for a while: at its bound the gate opens and closes
 * every few seconds, and an operator wants to be told twice, not each time. Owned by the media loop.
 */
public final class OverloadEpisode {

    static final long QUIET_NS = 5_000_000_000L;

    private boolean running;
    private long startNs;
    private long lastRefusalNs;
    private int refused;

    /** True when the episode begins with this refusal. */
    public boolean onRefused(long nowNs) {
        boolean begins = !running;
        if (begins) {
            running = true;
            startNs = nowNs;
            refused = 0;
        }
        refused++;
        lastRefusalNs = nowNs;
        return begins;
    }

    /** True once, when it is over. */
    public boolean isOver(boolean gateIsClosed, long nowNs) {
        boolean over = running && !gateIsClosed && nowNs - lastRefusalNs >= QUIET_NS;
        running &= !over;
        return over;
    }

    public boolean isRunning() {
        return running;
    }

    /** From the first refusal to the last. */
    public long lengthNs() {
        return lastRefusalNs - startNs;
    }

    /** Of this episode, or of the last one. */
    public int refused() {
        return refused;
    }
}
