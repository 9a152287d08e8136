package io.steadyline.websocket.server;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets new connections in a few at a time. A request and its upgrade cost as much as a hundred frames, and after a start, when
 * all providers come back at once and the code is cold, much more: served in one go, they would keep the calls that are there
 * already waiting for as long as they take all together. What comes on a connection later is not its business.
 *
 * <p>Puts and takes: the media loop. Order: arrival. Bound: the listener's limit of connections. Full: the listener refuses.
 * Closed: never; who waits when the worker ends is closed with its I/O thread.
 */
final class Doorman {

    /** Between two rounds the loop serves its calls; also what the loop's timer can tell apart. */
    static final long ROUND_MS = 1;
    /** After so long nobody else is let in until the next round. A fortieth of the time between two frames. */
    static final long ROUND_LIMIT_NS = 500_000;

    /** Runs a task on the loop a while from now. */
    @FunctionalInterface
    interface Later {
        void after(long delayMs, Runnable task);
    }

    private final Later later;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean isRoundDue;

    Doorman(Later later) {
        this.later = later;
    }

    /** At once when nobody was there lately, else in its turn. */
    void onArrival(Runnable letIn) {
        waiting.add(letIn);
        if (!isRoundDue) {
            round();
        }
    }

    private void round() {
        isRoundDue = false;
        if (waiting.isEmpty()) {
            return;
        }
        // The next round first: whatever one of these throws keeps nobody out.
        later.after(ROUND_MS, this::round);
        isRoundDue = true;
        long startNs = System.nanoTime();
        do {
            waiting.remove().run();
        } while (!waiting.isEmpty() && System.nanoTime() - startNs < ROUND_LIMIT_NS);
    }
}
