package io.steadyline.telemetry;

import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last seconds of one call. Kept as numbers in cells of a {@link SecondsStore}, which are written over again in turn,
 * and made into records for whoever asks. Counts are kept up to 2^31 - 1, and larger ones as that. Not thread-safe.
 */
public final class RecentSeconds {

    /** Of one second. */
    private static final int NUMBERS = 30;

    private static final int SECONDS_PER_CELL = SecondsStore.CELL_NUMBERS / NUMBERS;

    private static final RxMode[] MODES = RxMode.values();
    private static final CallState[] STATES = CallState.values();

    private final CallId callId;
    private final int most;
    private final SecondsStore store;
    /** Taken as the call grows older. */
    private final int[] cells;

    private int cellsTaken;
    private int first;
    private int size;
    private boolean forgotten;

    /** @param most seconds that are kept; the oldest one goes for a new one. At least 1 */
    public RecentSeconds(CallId callId, int most, SecondsStore store) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 or more)");
        }
        this.callId = callId;
        this.most = most;
        this.store = store;
        this.cells = new int[(most + SECONDS_PER_CELL - 1) / SECONDS_PER_CELL];
    }

    /** Nothing is kept any more after {@link #forget}. */
    public void add(CallSecond second) {
        if (forgotten) {
            return;
        }
        if (size == most) {
            first = (first + 1) % most;
            size--;
        }
        write(second, cursor(size));
        size++;
    }

    /** Oldest first. */
    public List<CallSecond> all() {
        List<CallSecond> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(read(cursor(i)));
        }
        return List.copyOf(all);
    }

    public Optional<CallSecond> last() {
        return size == 0 ? Optional.empty() : Optional.of(read(cursor(size - 1)));
    }

    /** Gives the cells back; may be called again. */
    public void forget() {
        forgotten = true;
        size = 0;
        while (cellsTaken > 0) {
            store.giveBack(cells[--cellsTaken]);
        }
    }

    private Cursor cursor(int index) {
        int place = (first + index) % most;
        int cell = place / SECONDS_PER_CELL;
        if (cell == cellsTaken) {
            cells[cellsTaken++] = store.take();
        }
        int at = SecondsStore.start(cells[cell]) + place % SECONDS_PER_CELL * NUMBERS;
        return new Cursor(store.array(cells[cell]), at);
    }

    @SuppressWarnings("EnumOrdinal") // nobody else reads our cells
    private static void write(CallSecond second, Cursor to) {
        RxSecond rx = second.rx();
        TxSecond tx = second.tx();
        to.put(second.second());
        to.putLong(second.endNs());
        to.put(second.state().ordinal());
        to.putFraction(second.loopLatenessMs());
        to.put(rx.mode().ordinal());
        to.putFraction(rx.fpsIn());
        to.put(rx.depthFrames());
        to.put(rx.maxDepthFrames());
        to.putCount(rx.drops());
        to.putFraction(rx.writeMs());
        to.putCount(rx.written());
        to.putCount(rx.refusals());
        to.put(rx.sttDepthFrames());
        to.putCount(rx.missing());
        to.putCount(rx.refusedInput());
        to.putFraction(rx.maxArrivalGapMs());
        to.putFraction(tx.fps());
        to.put(tx.depthFrames());
        to.putCount(tx.drops());
        to.putCount(tx.cleared());
        to.put(tx.playing() ? ~tx.sendDepthFrames() : tx.sendDepthFrames());
        to.putFraction(tx.maxLatenessMs());
        to.putCount(tx.underruns());
    }

    private CallSecond read(Cursor from) {
        int second = from.number();
        long endNs = from.longNumber();
        CallState state = STATES[from.number()];
        double loopLatenessMs = from.fraction();
        return new CallSecond(callId, second, endNs, state, rx(from), tx(from), loopLatenessMs);
    }

    private static RxSecond rx(Cursor from) {
        return new RxSecond(
                MODES[from.number()],
                from.fraction(),
                from.number(),
                from.number(),
                from.number(),
                from.fraction(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.fraction());
    }

    private static TxSecond tx(Cursor from) {
        double fps = from.fraction();
        int depthFrames = from.number();
        int drops = from.number();
        int cleared = from.number();
        int sendDepthFrames = from.number();
        boolean playing = sendDepthFrames < 0;
        return new TxSecond(
                fps,
                depthFrames,
                drops,
                cleared,
                playing,
                playing ? ~sendDepthFrames : sendDepthFrames,
                from.fraction(),
                from.number());
    }

    /** The numbers of one second, one after the other. */
    private static final class Cursor {
        private final int[] numbers;
        private int at;

        Cursor(int[] numbers, int at) {
            this.numbers = numbers;
            this.at = at;
        }

        void put(int number) {
            numbers[at++] = number;
        }

        void putCount(long count) {
            put((int) Math.min(count, Integer.MAX_VALUE));
        }

        void putLong(long number) {
            put((int) (number >>> Integer.SIZE));
            put((int) number);
        }

        void putFraction(double fraction) {
            putLong(Double.doubleToRawLongBits(fraction));
        }

        int number() {
            return numbers[at++];
        }

        long longNumber() {
            return (long) number() << Integer.SIZE | Integer.toUnsignedLong(number());
        }

        double fraction() {
            return Double.longBitsToDouble(longNumber());
        }
    }
}
