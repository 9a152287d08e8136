package io.steadyline.journal.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TwinTest {

    private static final int NUMBERS = 3;

    private final ByteBuffer memory =
            ByteBuffer.allocate(8 + Twin.bytes(NUMBERS)).order(ByteOrder.LITTLE_ENDIAN);
    private final Twin twin = new Twin(Twin.cellsOf(memory), 8, NUMBERS);

    private static long[] values(long first) {
        return new long[] {first, first + 1, -first};
    }

    private static void write(Twin to, long[] values) {
        to.write(Arrays.copyOf(values, Twin.room(NUMBERS).length));
    }

    private Twin.Found read(long[] into) {
        return new Twin(Twin.cellsOf(memory), 8, NUMBERS).read(into);
    }

    @Test
    void shouldBeNothingBeforeTheFirstWrite() {
        assertThat(read(new long[NUMBERS])).isEqualTo(Twin.Found.NOTHING);
    }

    @Test
    void shouldBeTheLastWrite() {
        for (long i = 1; i < 10; i++) {
            write(twin, values(i));
            long[] read = new long[NUMBERS];
            assertThat(read(read)).isEqualTo(Twin.Found.VALUES);
            assertThat(read).isEqualTo(values(i));
        }
    }

    @Test
    void shouldBeTheWriteBeforeWhenOneWasCutAnywhere() {
        write(twin, values(1));
        write(twin, values(2));
        // What the third write does, in its order, cut after each of its stores: it replaces the copy of the first.
        int copy = 8 + Twin.bytes(NUMBERS) / 2;
        memory.putLong(copy, -1);
        for (int store = 0; store <= NUMBERS; store++) {
            long[] read = new long[NUMBERS];
            assertThat(read(read)).isEqualTo(Twin.Found.VALUES);
            assertThat(read).isEqualTo(values(2));
            memory.putLong(copy + 8 + store * 8, 12345 + store);
        }
        Twin successor = new Twin(Twin.cellsOf(memory), 8, NUMBERS);
        successor.read(new long[NUMBERS]);
        write(successor, values(3));
        long[] read = new long[NUMBERS];
        assertThat(read(read)).isEqualTo(Twin.Found.VALUES);
        assertThat(read).isEqualTo(values(3));
    }

    @Test
    void shouldBeDamageWhenAnyBitOfItWasChanged() {
        for (long writes = 1; writes <= 3; writes++) {
            write(twin, values(writes));
            for (int bit = 0; bit < Twin.bytes(NUMBERS) * 8; bit++) {
                int at = 8 + bit / 8;
                byte mask = (byte) (1 << bit % 8);
                memory.put(at, (byte) (memory.get(at) ^ mask));
                assertThat(read(new long[NUMBERS])).as("bit %s", bit).isEqualTo(Twin.Found.DAMAGE);
                memory.put(at, (byte) (memory.get(at) ^ mask));
            }
        }
    }
}
