package io.steadyline.stt.runtime;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a connection that works is replaced all the same: by one with the same vendor before the vendor ends it, or by
 * one with a better vendor that may be back. Time is an argument; used by the session's thread.
 */
final class Replacement {

    private static final long RETRY_NS = Duration.ofSeconds(2).toNanos();
    private static final int MAX_RETURNS = 3;

    private final List<Lane> lanes;
    private final Reconnect reconnect;
    private final long returnAfterNs;
    private long laneSinceNs;
    private long notBeforeNs;
    private int returns;

    Replacement(List<Lane> lanes, Reconnect reconnect, Duration returnAfter, long nowNs) {
        this.lanes = lanes;
        this.reconnect = reconnect;
        this.returnAfterNs = returnAfter.toNanos();
        this.laneSinceNs = nowNs;
        this.notBeforeNs = nowNs;
    }

    /** A vendor, and the leave to begin a connection with it; null: the current one goes on. */
    Reconnect.@Nullable Due due(Attempt current, long nowNs) {
        if (nowNs - notBeforeNs < 0) {
            return null;
        }
        Lane target = current.rollOver().isDue(nowNs) ? current.lane() : betterThan(current.lane(), nowNs);
        VendorGate.Pass pass = target == null ? null : target.gate().admit(nowNs);
        if (target == null || pass == null) {
            return null;
        }
        notBeforeNs = nowNs + RETRY_NS;
        return new Reconnect.Due(target, pass);
    }

    /** A connection is begun because there was none. */
    void onBegun(long nowNs) {
        laneSinceNs = nowNs;
    }

    void onReplaced(Attempt old, Attempt successor, long nowNs) {
        if (successor.lane().place() != old.lane().place()) {
            returns++;
            laneSinceNs = nowNs;
        }
    }

    private @Nullable Lane betterThan(Lane lane, long nowNs) {
        boolean longEnough = nowNs - laneSinceNs >= returnAfterNs;
        if (lane.place() == 0 || returnAfterNs == 0 || !longEnough || returns >= MAX_RETURNS) {
            return null;
        }
        return lanes.stream()
                .limit(lane.place())
                .filter(better -> !reconnect.isHopeless(better) && better.gate().isOpenForSomebody(nowNs))
                .findFirst()
                .orElse(null);
    }
}
