package io.steadyline.agent;

/** When to look for a bot again. Media loop. */
final class Retries {

    private static final long FIRST_NS = 200_000_000;
    private static final long LAST_NS = 1_000_000_000;

    private long dueNs;
    private long waitNs = FIRST_NS;

    /** A bot that served the call is gone: it may be back already, or another one may be free. */
    void atOnce(long nowNs) {
        dueNs = nowNs;
        waitNs = FIRST_NS;
    }

    /** Nobody took the call, or whoever did left at once: later each time. */
    void later(long nowNs) {
        dueNs = nowNs + waitNs;
        waitNs = Math.min(2 * waitNs, LAST_NS);
    }

    boolean isDue(long nowNs) {
        return dueNs - nowNs <= 0;
    }
}
