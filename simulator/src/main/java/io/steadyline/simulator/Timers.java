package io.steadyline.simulator;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Absolute deadlines of all calls in one heap. Loop thread. */
final class Timers {

    private static final int MAX_AT_ONCE = 128;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();

    /** A timer of an owner who sets it again and again; not armed yet. What its action throws goes to its owner only. */
    Timer create(Action action, Consumer<RuntimeException> onFault) {
        return new Timer(action, onFault);
    }

    /** Arms or moves the timer. */
    void set(Timer timer, long dueNs) {
        cancel(timer);
        timer.dueNs = dueNs;
        timer.isArmed = true;
        queue.add(timer);
    }

    void cancel(Timer timer) {
        if (timer.isArmed) {
            queue.remove(timer);
            timer.isArmed = false;
        }
    }

    /**
     * Fires what is due, in the order of the deadlines. An action may set its own timer again. Bounded, so that a loop that
     * is behind goes on reading.
     */
    void fire(long nowNs) {
        Timer first = queue.peek();
        for (int i = 0; i < MAX_AT_ONCE && first != null && first.dueNs - nowNs <= 0; i++) {
            queue.remove();
            first.isArmed = false;
            first.run(nowNs);
            first = queue.peek();
        }
    }

    /** Time to the first deadline, 0 when it has passed, {@code otherwiseNs} at most. */
    long untilNextNs(long nowNs, long otherwiseNs) {
        Timer first = queue.peek();
        return first == null ? otherwiseNs : Math.clamp(first.dueNs - nowNs, 0, otherwiseNs);
    }

    @FunctionalInterface
    interface Action {
        void onDue(long dueNs, long nowNs);
    }

    static final class Timer implements Comparable<Timer> {

        private final Action action;
        private final Consumer<RuntimeException> onFault;
        private long dueNs;
        private boolean isArmed;

        private Timer(Action action, Consumer<RuntimeException> onFault) {
            this.action = action;
            this.onFault = onFault;
        }

        private void run(long nowNs) {
            try {
                action.onDue(dueNs, nowNs);
            } catch (RuntimeException e) {
                onFault.accept(e);
            }
        }

        @Override
        public int compareTo(Timer other) {
            // The difference survives the wrap-around of the clock.
            return Long.signum(dueNs - other.dueNs);
        }
    }
}
