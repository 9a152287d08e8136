package io.steadyline.telemetry;

import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last seconds of one call. Kept as numbers in a few arrays, which are written over again in turn, and made into
 * records for whoever asks: as objects they would all live for as long as they are kept, and a collector that expects the
 * young to die would copy them again and again. Counts are kept up to 2^31 - 1, and larger ones as that. Not thread-safe.
 */
public final class RecentSeconds {

    private static final int NUMBERS = 30;
    /** Seconds in one array: made when the call has lasted so long. */
    private static final int CHUNK = 8;

    private static final RxMode[] MODES = RxMode.values();
    private static final CallState[] STATES = CallState.values();

    private final CallId callId;
    private final int most;
    private final List<int[]> chunks = new ArrayList<>();
    private int first;
    private int size;

    /** @param most seconds that are kept; the oldest one goes for a new one. At least 1 */
    public RecentSeconds(CallId callId, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 or more)");
        }
        this.callId = callId;
        this.most = most;
    }

    public void add(CallSecond second) {
        if (size == most) {
            first = (first + 1) % most;
            size--;
        }
        write(second, cell(size));
        size++;
    }

    /** Oldest first. */
    public List<CallSecond> all() {
        List<CallSecond> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(read(cell(i)));
        }
        return List.copyOf(all);
    }

    public Optional<CallSecond> last() {
        return size == 0 ? Optional.empty() : Optional.of(read(cell(size - 1)));
    }

    private Cell cell(int index) {
        int place = (first + index) % most;
        if (place / CHUNK == chunks.size()) {
            chunks.add(new int[CHUNK * NUMBERS]);
        }
        return new Cell(chunks.get(place / CHUNK), place % CHUNK * NUMBERS);
    }

    @SuppressWarnings("EnumOrdinal") // the numbers never leave this object
    private static void write(CallSecond second, Cell to) {
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

    private CallSecond read(Cell from) {
        int second = from.number();
        long endNs = from.longNumber();
        CallState state = STATES[from.number()];
        double loopLatenessMs = from.fraction();
        return new CallSecond(callId, second, endNs, state, rx(from), tx(from), loopLatenessMs);
    }

    private static RxSecond rx(Cell from) {
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

    private static TxSecond tx(Cell from) {
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
    private static final class Cell {
        private final int[] numbers;
        private int at;

        Cell(int[] numbers, int at) {
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
