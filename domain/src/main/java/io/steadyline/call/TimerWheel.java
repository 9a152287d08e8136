package io.steadyline.call;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A wheel of 1 ms slots for the deadlines of all calls: setting, moving and firing a timer costs the same for one call
 * as for a thousand, and allocates nothing once there was room for so many. A timer fires in the first turn at or after
 * its slot, so up to 1 ms after its deadline and never before; as a call keeps its place in the millisecond, its cadence
 * does not suffer. Owned by the media loop.
 *
 * <p>The timers of a slot are a list of numbers in two arrays, not of objects that point to each other: a timer is moved
 * with each frame of its call, and that touches two other timers, which belong to calls whose memory is cold then. In
 * the arrays a line of memory holds sixteen of them, and the collector has no references to look after.
 */
final class TimerWheel {

    static final long SLOT_NS = 1_000_000;
    private static final int SLOTS = 256;
    private static final int MASK = SLOTS - 1;
    private static final int NONE = -1;
    private static final int FIRST_ROOM = 64;

    /** One call's timer: set to one deadline at a time, and in one wheel. */
    static final class Timer {
        private final Call call;
        private long dueNs;
        /** Its number in the wheel; none until it is set, and again once it is cancelled. */
        private int number = NONE;

        private int slot = NONE;

        Timer(Call call) {
            this.call = call;
        }

        boolean isSet() {
            return slot != NONE;
        }
    }

    private final int[] first = new int[SLOTS];
    private final long[] occupied = new long[SLOTS / Long.SIZE];
    private final long originNs;
    /** All slots before this one, counted from the origin, have been fired. */
    private long cursor;

    private @Nullable Timer[] timers = new @Nullable Timer[FIRST_ROOM];
    private int[] previous = new int[FIRST_ROOM];
    /** Also the list of numbers that are free. */
    private int[] next = new int[FIRST_ROOM];

    private int numbers;
    private int firstFree = NONE;

    TimerWheel(long nowNs) {
        originNs = nowNs;
        Arrays.fill(first, NONE);
    }

    /** Sets or moves the timer. Deadlines further off than the wheel are looked at again after one round. */
    void set(Timer timer, long dueNs) {
        timer.dueNs = dueNs;
        long dueSlot = Math.ceilDiv(dueNs - originNs, SLOT_NS);
        // Never the slot behind the cursor: it may be the one that is being fired.
        int slot = (int) (Math.clamp(dueSlot, cursor, cursor + SLOTS - 2) & MASK);
        if (slot == timer.slot) {
            return;
        }
        if (timer.isSet()) {
            unlink(timer);
        } else if (timer.number == NONE) {
            number(timer);
        }
        link(timer, slot);
    }

    /** Takes it out and gives its number back: once for each timer that was ever set, fired or not. May be repeated. */
    void cancel(Timer timer) {
        if (timer.isSet()) {
            unlink(timer);
        }
        if (timer.number != NONE) {
            timers[timer.number] = null;
            next[timer.number] = firstFree;
            firstFree = timer.number;
            timer.number = NONE;
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

    /** Most timers that were in it at once. */
    int numbers() {
        return numbers;
    }

    private void fireSlot(int slot, long nowNs, Consumer<Call> due) {
        for (Timer timer = firstIn(slot); timer != null; timer = firstIn(slot)) {
            unlink(timer);
            if (timer.dueNs - nowNs <= 0) {
                due.accept(timer.call);
            } else {
                set(timer, timer.dueNs);
            }
        }
    }

    private @Nullable Timer firstIn(int slot) {
        int number = first[slot];
        return number == NONE ? null : timers[number];
    }

    private void link(Timer timer, int slot) {
        int number = timer.number;
        int behind = first[slot];
        timer.slot = slot;
        previous[number] = NONE;
        next[number] = behind;
        if (behind != NONE) {
            previous[behind] = number;
        }
        first[slot] = number;
        occupied[slot >> 6] |= 1L << slot;
    }

    private void unlink(Timer timer) {
        int before = previous[timer.number];
        int behind = next[timer.number];
        if (before != NONE) {
            next[before] = behind;
        } else {
            first[timer.slot] = behind;
            if (behind == NONE) {
                occupied[timer.slot >> 6] &= ~(1L << timer.slot);
            }
        }
        if (behind != NONE) {
            previous[behind] = before;
        }
        timer.slot = NONE;
    }

    private void number(Timer timer) {
        if (firstFree != NONE) {
            timer.number = firstFree;
            firstFree = next[firstFree];
        } else {
            if (numbers == timers.length) {
                int room = 2 * numbers;
                timers = Arrays.copyOf(timers, room);
                previous = Arrays.copyOf(previous, room);
                next = Arrays.copyOf(next, room);
            }
            timer.number = numbers++;
        }
        timers[timer.number] = timer;
    }
}
