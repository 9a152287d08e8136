package io.steadyline.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Room for the seconds of all calls: cells of numbers in a few large arrays. What lives for two minutes is of the worst age
 * for a collector that expects the young to die, which copies it twice; a large array is copied twice in the life of the
 * process. Cells that were given back are used again; the arrays stay. Any thread.
 */
public final class SecondsStore {

    /** Numbers in a cell. */
    static final int CELL_NUMBERS = 240;

    /** An array is just below a mebibyte, the smallest region of the collector. */
    private static final int CELLS_PER_ARRAY = 1_024;

    private final List<int[]> arrays = new ArrayList<>();
    private int[] free = new int[CELLS_PER_ARRAY];
    private int freeCells;
    private int cells;

    /** A cell with whatever stood in it before. */
    synchronized int take() {
        if (freeCells > 0) {
            return free[--freeCells];
        }
        if (cells == arrays.size() * CELLS_PER_ARRAY) {
            arrays.add(new int[CELLS_PER_ARRAY * CELL_NUMBERS]);
        }
        return cells++;
    }

    /** To be used by others from now on. */
    synchronized void giveBack(int cell) {
        if (freeCells == free.length) {
            free = Arrays.copyOf(free, 2 * freeCells);
        }
        free[freeCells++] = cell;
    }

    /** The array with the cell, from {@link #start} on. */
    synchronized int[] array(int cell) {
        return arrays.get(cell / CELLS_PER_ARRAY);
    }

    static int start(int cell) {
        return cell % CELLS_PER_ARRAY * CELL_NUMBERS;
    }

    /** Cells that somebody has. */
    synchronized int taken() {
        return cells - freeCells;
    }
}
