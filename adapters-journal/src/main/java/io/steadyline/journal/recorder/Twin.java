package io.steadyline.journal.recorder;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * A few numbers that become true all at once: two copies, of which a write replaces the older one. A process that is
 * killed between any two stores leaves the copy before untouched, and the reader can tell three things apart: a write
 * that was cut, which is normal, bits that were changed behind our back, which is damage, and nothing written ever.
 *
 * <p>One writer. A write costs two stores more than its numbers and allocates nothing.
 *
 * <pre>copy: sequence, numbers…, check. Sequence n lies in copy n mod 2; WRITING while the copy is being written.</pre>
 */
final class Twin {

    /** What was found. */
    enum Found {
        /** All zero: never written. */
        NOTHING,
        VALUES,
        DAMAGE
    }

    private static final long WRITING = -1;
    private static final long MULTIPLIER =
            0x9E37_79B9_7F4A_7C15L; // 2^64 divided by the golden ratio, as in SplittableRandom

    private final ByteBuffer memory;
    private final int at;
    private final int numbers;
    private final int copyBytes;
    /** The memory as longs, from the first copy on. */
    private final LongBuffer cells;
    /** Numbers and check, so that they are stored by one copy: a store for each costs a tenth of a call's processor time. */
    private final long[] next;

    private long sequence;

    /** @param memory little endian; its position and limit mean nothing here */
    Twin(ByteBuffer memory, int at, int numbers) {
        this.memory = memory;
        this.at = at;
        this.numbers = numbers;
        this.copyBytes = copyBytes(numbers);
        this.cells = memory.duplicate()
                .clear()
                .position(at)
                .slice()
                .order(memory.order())
                .asLongBuffer();
        this.next = new long[numbers + 1];
    }

    static int bytes(int numbers) {
        return 2 * copyBytes(numbers);
    }

    private static int copyBytes(int numbers) {
        return (numbers + 2) * Long.BYTES;
    }

    void write(long[] values) {
        long number = sequence + 1;
        int copy = (int) (number & 1) * (numbers + 2);
        long check = mix(0, number);
        for (int i = 0; i < numbers; i++) {
            next[i] = values[i];
            check = mix(check, values[i]);
        }
        next[numbers] = check;
        cells.put(copy, WRITING);
        VarHandle.storeStoreFence();
        cells.put(copy + 1, next);
        VarHandle.storeStoreFence();
        cells.put(copy, number);
        sequence = number;
    }

    /** The newest whole copy. Further writes go on from it; after {@link Found#DAMAGE} only once {@link #erase} was called. */
    Found read(long[] into) {
        long even = memory.getLong(at);
        long odd = memory.getLong(at + copyBytes);
        if (!isAsWritten(0, even) || !isAsWritten(1, odd)) {
            return Found.DAMAGE;
        }
        if (!follow(even, odd)) {
            return Found.DAMAGE;
        }
        sequence = Math.max(even, odd);
        if (sequence == 0) {
            return Found.NOTHING;
        }
        int cell = at + (int) (sequence & 1) * copyBytes + Long.BYTES;
        for (int i = 0; i < numbers; i++, cell += Long.BYTES) {
            into[i] = memory.getLong(cell);
        }
        return Found.VALUES;
    }

    void erase() {
        for (int i = 0; i < 2 * copyBytes; i += Long.BYTES) {
            memory.putLong(at + i, 0);
        }
        sequence = 0;
    }

    /** A write replaces the older copy: two whole ones are neighbours, and never both are being written. */
    private static boolean follow(long even, long odd) {
        if (even == WRITING || odd == WRITING) {
            return even != odd;
        }
        return (even == 0 && odd == 0) || Math.abs(even - odd) == 1;
    }

    private boolean isAsWritten(int parity, long found) {
        if (found == WRITING) {
            return true;
        }
        int copy = at + parity * copyBytes;
        long check = found == 0 ? 0 : mix(0, found);
        int cell = copy + Long.BYTES;
        for (int i = 0; i < numbers; i++, cell += Long.BYTES) {
            long value = memory.getLong(cell);
            if (found == 0 && value != 0) {
                return false;
            }
            check = found == 0 ? 0 : mix(check, value);
        }
        return memory.getLong(cell) == check && found >= 0 && (found == 0 || (found & 1) == parity);
    }

    /** One to one in each argument, so that no single changed number goes unseen. */
    private static long mix(long check, long value) {
        return Long.rotateLeft((check ^ value) * MULTIPLIER, 29);
    }
}
