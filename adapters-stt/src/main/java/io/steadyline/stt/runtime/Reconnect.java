package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which vendor is tried next, and when: the same one a few times within a budget, then the next one, in a circle that slows
 * down; never one again that can do nothing for this call. Time is an argument; used by the session's thread.
 */
final class Reconnect {

    private static final long NS_PER_MS = 1_000_000;
    /** The first try is at once: most losses are a single broken connection. */
    private static final long[] DELAYS_MS = {0, 250, 1_000};

    private static final long MAX_CIRCLE_MS = 10_000;
    private static final double JITTER = 0.25;

    private final List<Lane> lanes;
    private final long budgetNs;
    private final RandomGenerator random;
    private final BitSet hopeless = new BitSet();
    private int place;
    private int tries;
    private int circles;
    private long sinceNs;
    private long atNs;
    private boolean failing;

    Reconnect(List<Lane> lanes, long budgetNs, RandomGenerator random, long nowNs) {
        this.lanes = lanes;
        this.budgetNs = budgetNs;
        this.random = random;
        this.atNs = nowNs;
    }

    /** A vendor, and the leave to begin a connection with it. */
    record Due(Lane lane, VendorGate.Pass pass) {}

    /** The vendor to ask now; null: wait. */
    @Nullable
    Due due(long nowNs) {
        if (nowNs - atNs < 0) {
            return null;
        }
        for (int step = 0; step < lanes.size(); step++) {
            Lane lane = lanes.get((place + step) % lanes.size());
            if (!hopeless.get(lane.place()) && lane.gate().isOpenForSomebody(nowNs)) {
                VendorGate.Pass pass = lane.gate().admit(nowNs);
                return pass == null ? null : new Due(at(lane, nowNs), pass);
            }
        }
        return null;
    }

    /** The vendor that the call waits for because all that it could ask are left alone; empty: one of them may be asked. */
    Optional<Lane> leftAlone(long nowNs) {
        Lane first = null;
        for (int step = 0; step < lanes.size(); step++) {
            Lane lane = lanes.get((place + step) % lanes.size());
            if (hopeless.get(lane.place())) {
                continue;
            }
            if (lane.gate().isOpenForSomebody(nowNs)) {
                return Optional.empty();
            }
            first = first == null ? lane : first;
        }
        return Optional.ofNullable(first);
    }

    /** The connection works. */
    void onSuccess(Lane lane) {
        place = lane.place();
        failing = false;
        tries = 0;
        circles = 0;
    }

    /** No connection, or the one in use is lost. False: no vendor can do anything for this call any more. */
    boolean onFailure(Lane lane, VendorFailure failure, long nowNs) {
        if (!failing) {
            failing = true;
            sinceNs = nowNs;
            tries = 0;
        }
        if (!failure.kind().isWorthRetry() && failure.kind() != FailureKind.RATE_LIMIT) {
            hopeless.set(lane.place());
        }
        if (hopeless.cardinality() == lanes.size()) {
            return false;
        }
        boolean spent = nowNs - sinceNs >= budgetNs || tries >= DELAYS_MS.length;
        boolean another = !failure.kind().isWorthRetry() || failure.kind() == FailureKind.STUCK || spent;
        if (another && hasAnother(lane)) {
            moveOn(lane, nowNs);
        } else {
            place = lane.place();
            long delayMs = tries < DELAYS_MS.length ? DELAYS_MS[tries] : circleMs();
            atNs = nowNs + jittered(delayMs);
        }
        tries++;
        return true;
    }

    /** It can do nothing for this call. */
    boolean isHopeless(Lane lane) {
        return hopeless.get(lane.place());
    }

    /** Another vendor takes part in the call besides this one. */
    private boolean hasAnother(Lane lane) {
        return lanes.stream().anyMatch(other -> other.place() != lane.place() && !hopeless.get(other.place()));
    }

    private void moveOn(Lane lane, long nowNs) {
        do {
            place = (place + 1) % lanes.size();
        } while (hopeless.get(place) || place == lane.place());
        // Once around: everybody has failed, so the next circle is slower.
        boolean around = place <= lane.place();
        atNs = around ? nowNs + jittered(circleMs()) : nowNs;
        circles += around ? 1 : 0;
        sinceNs = nowNs;
        tries = -1;
    }

    private Lane at(Lane lane, long nowNs) {
        if (lane.place() != place) {
            place = lane.place();
            sinceNs = nowNs;
            tries = 0;
        }
        return lane;
    }

    private long circleMs() {
        return Math.min(MAX_CIRCLE_MS, 1_000L << Math.min(circles, 4));
    }

    private long jittered(long delayMs) {
        return (long) (delayMs * NS_PER_MS * (1 + random.nextDouble(-JITTER, JITTER)));
    }
}
