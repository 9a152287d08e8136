package io.steadyline.stt.runtime;

import java.time.Duration;

/** When a connection that a vendor ends after a while is replaced: in a pause, and without one a little later. Pure. */
final class RollOver {

    private static final long SOFT_NS = Duration.ofSeconds(60).toNanos();
    private static final long HARD_NS = Duration.ofSeconds(15).toNanos();

    private long softNs;
    private long hardNs;
    private boolean limited;

    /** The connection ends so long from now. The earliest end counts. */
    void limit(Duration left, long nowNs) {
        long leftNs = left.toNanos();
        long endNs = nowNs + leftNs;
        long soft = endNs - Math.min(SOFT_NS, leftNs / 10);
        long hard = endNs - Math.min(HARD_NS, leftNs / 20);
        if (!limited || hard - hardNs < 0) {
            softNs = soft;
            hardNs = hard;
            limited = true;
        }
    }

    /** It is time to open another connection. */
    boolean isDue(long nowNs) {
        return limited && nowNs - softNs >= 0;
    }

    /** A pause is not waited for any more. */
    boolean isUrgent(long nowNs) {
        return limited && nowNs - hardNs >= 0;
    }
}
