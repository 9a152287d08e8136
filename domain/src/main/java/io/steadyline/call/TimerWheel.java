package io.steadyline.call;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A wheel of 1 ms slots for the deadlines of all calls: setting, moving and firing a timer costs the same for one call
 * as for a thousand, and allocates nothing. A timer fires in the first turn at or after its slot, so up to 1 ms after its
 * deadline and never before; as a call keeps its place in the millisecond, its cadence does not suffer. Owned by the
 * media loop.
 */
final class TimerWheel {

    static final long SLOT_NS = 1_000_000;
    private static final int SLOTS = 256;
    private static final int MASK = SLOTS - 1;

    /** One call's timer: set to one deadline at a time. */
    static final class Timer {
        private final Call call;
        private long dueNs;
        private int slot = -1;
        private @Nullable Timer previous;
        private @Nullable Timer next;

        Timer(Call call) {
            this.call = call;
        }

        boolean isSet() {
            return slot >= 0;
        }
    }

    private final @Nullable Timer[] slots = new @Nullable Timer[SLOTS];
    private final long[] occupied = new long[SLOTS / Long.SIZE];
    private final long originNs;
    /** All slots before this one, counted from the origin, have been fired. */
    private long cursor;

    TimerWheel(long nowNs) {
        originNs = nowNs;
    }

    /** Sets or moves the timer. Deadlines further off than the wheel are looked at again after one round. */
    void set(Timer timer, long dueNs) {
        if (timer.isSet()) {
            unlink(timer);
        }
        timer.dueNs = dueNs;
        long dueSlot = Math.ceilDiv(dueNs - originNs, SLOT_NS);
        // Never the slot behind the cursor: it may be the one that is being fired.
        link(timer, (int) (Math.clamp(dueSlot, cursor, cursor + SLOTS - 2) & MASK));
    }

    void cancel(Timer timer) {
        if (timer.isSet()) {
            unlink(timer);
        }
    }

    /** Fires every timer that is due, earliest slot first. What fires may set timers, also its own. */
    void fireDue(long nowNs, Consumer<Call> due) {
        long nowSlot = Math.floorDiv(nowNs - originNs, SLOT_NS);
        // After a pause longer than a round every slot is looked at once, and no more.
        long firstSlot = Math.max(cursor, nowSlot - SLOTS + 1);
        for (long slot = firstSlot; slot <= nowSlot; slot++) {
            cursor = slot + 1;
            fireSlot((int) (slot & MASK), nowNs, due);
        }
    }

    /** The earliest moment at which {@link #fireDue} may have something to do; {@code Long.MAX_VALUE} when never. */
    long nextDueNs() {
        int slot = (int) (cursor & MASK);
        for (int distance = 0; distance < SLOTS; ) {
            // Bits of the word from this slot on.
            long rest = occupied[slot >> 6] >>> slot;
            if (rest != 0) {
                int found = distance + Long.numberOfTrailingZeros(rest);
                return found < SLOTS ? originNs + (cursor + found) * SLOT_NS : Long.MAX_VALUE;
            }
            int step = Long.SIZE - (slot & (Long.SIZE - 1));
            distance += step;
            slot = (slot + step) & MASK;
        }
        return Long.MAX_VALUE;
    }

    private void fireSlot(int slot, long nowNs, Consumer<Call> due) {
        for (Timer timer = slots[slot]; timer != null; timer = slots[slot]) {
            unlink(timer);
            if (timer.dueNs - nowNs <= 0) {
                due.accept(timer.call);
            } else {
                set(timer, timer.dueNs);
            }
        }
    }

    private void link(Timer timer, int slot) {
        Timer first = slots[slot];
        timer.slot = slot;
        timer.previous = null;
        timer.next = first;
        if (first != null) {
            first.previous = timer;
        }
        slots[slot] = timer;
        occupied[slot >> 6] |= 1L << slot;
    }

    private void unlink(Timer timer) {
        if (timer.previous != null) {
            timer.previous.next = timer.next;
        } else {
            slots[timer.slot] = timer.next;
            if (timer.next == null) {
                occupied[timer.slot >> 6] &= ~(1L << timer.slot);
            }
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        timer.slot = -1;
        timer.previous = null;
        timer.next = null;
    }
}
