package io.steadyline.journal.recorder;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /** Of the whole memory, which many of the kind share. */
    private final LongBuffer cells;

    private final int at;
    private final int numbers;
    private final int copyCells;

    private long sequence;

    /** @param at of the first copy in {@code memory}, in bytes; a multiple of 8 */
    Twin(LongBuffer memory, int at, int numbers) {
        this.cells = memory;
        this.at = at / Long.BYTES;
        this.numbers = numbers;
        this.copyCells = numbers + 2;
    }

    /** Little endian, as all that a successor reads; position and limit of the memory mean nothing. */
    static LongBuffer cellsOf(ByteBuffer memory) {
        return memory.duplicate().clear().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }

    /** Room for what {@link #write} takes: the numbers, and a cell for their check. */
    static long[] room(int numbers) {
        return new long[numbers + 1];
    }

    static int bytes(int numbers) {
        return 2 * (numbers + 2) * Long.BYTES;
    }

    /**
     * One copy from the array to the memory, since a store for each number costs a tenth of a call's processor time.
     *
     * @param values made by {@link #room}; the cell behind the numbers is written to
     */
    void write(long[] values) {
        long number = sequence + 1;
        int copy = at + (int) (number & 1) * copyCells;
        long check = mix(0, number);
        for (int i = 0; i < numbers; i++) {
            check = mix(check, values[i]);
        }
        values[numbers] = check;
        cells.put(copy, WRITING);
        VarHandle.storeStoreFence();
        cells.put(copy + 1, values, 0, numbers + 1);
        VarHandle.storeStoreFence();
        cells.put(copy, number);
        sequence = number;
    }

    /** The newest whole copy. Further writes go on from it; after {@link Found#DAMAGE} only once {@link #erase} was called. */
    Found read(long[] into) {
        long even = cells.get(at);
        long odd = cells.get(at + copyCells);
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
        cells.get(at + (int) (sequence & 1) * copyCells + 1, into, 0, numbers);
        return Found.VALUES;
    }

    void erase() {
        for (int i = 0; i < 2 * copyCells; i++) {
            cells.put(at + i, 0);
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
        int cell = at + parity * copyCells + 1;
        long check = found == 0 ? 0 : mix(0, found);
        for (int i = 0; i < numbers; i++, cell++) {
            long value = cells.get(cell);
            if (found == 0 && value != 0) {
                return false;
            }
            check = found == 0 ? 0 : mix(check, value);
        }
        return cells.get(cell) == check && found >= 0 && (found == 0 || (found & 1) == parity);
    }

    /** One to one in each argument, so that no single changed number goes unseen. */
    private static long mix(long check, long value) {
        return Long.rotateLeft((check ^ value) * MULTIPLIER, 29);
    }
}
