package io.steadyline.keeper;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * How often a worker may be started again: more than {@code most} unplanned ends within {@code window} are a loop that
 * another start does not end. Pure; one thread. Time is {@link System#nanoTime} of the caller.
 */
final class RestartIntensity {

    private final int most;
    private final long windowNs;
    private final ArrayDeque<Long> endsNs = new ArrayDeque<>();

    RestartIntensity(int most, Duration window) {
        this.most = most;
        this.windowNs = window.toNanos();
    }

    /** Counts an unplanned end. False: give up. */
    boolean mayRestart(long nowNs) {
        endsNs.addLast(nowNs);
        return inWindow(nowNs) <= most;
    }

    /** Unplanned ends within the window, up to now. */
    int inWindow(long nowNs) {
        while (!endsNs.isEmpty() && nowNs - endsNs.getFirst() > windowNs) {
            endsNs.removeFirst();
        }
        return endsNs.size();
    }
}
