package io.steadyline.telemetry;

import java.util.Arrays;

/**
 * Room for the seconds of all calls: cells of numbers in a few large arrays. What lives for two minutes is of the worst age
 * for a collector that expects the young to die and copies it twice; an array of more than half a region is never copied.
 * Cells that were given back are used again, the arrays stay: a MiB for each 68 calls, at the most that there were at once,
 * those that are over and still remembered included. Any thread.
 */
public final class SecondsStore {

    /** Numbers in a cell: 8 seconds of 30. */
    static final int CELL_NUMBERS = 240;

    /** An array is just below a MiB, the smallest region of the collector and that of the heap as shipped. */
    private static final int CELLS_PER_ARRAY = 1_024;

    /** Written over when it grows; so a look at it needs no lock, which somebody else may hold. */
    private volatile int[][] arrays = {};

    private int[] free = new int[CELLS_PER_ARRAY];
    private int freeCells;
    private int cells;

    /** A cell with whatever stood in it before. */
    synchronized int take() {
        if (freeCells > 0) {
            return free[--freeCells];
        }
        int[][] made = arrays;
        if (cells == made.length * CELLS_PER_ARRAY) {
            int[][] more = Arrays.copyOf(made, made.length + 1);
            more[made.length] = new int[CELLS_PER_ARRAY * CELL_NUMBERS];
            arrays = more;
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
    int[] array(int cell) {
        return arrays[cell / CELLS_PER_ARRAY];
    }

    static int start(int cell) {
        return cell % CELLS_PER_ARRAY * CELL_NUMBERS;
    }

    /** Cells that somebody has. */
    public synchronized int taken() {
        return cells - freeCells;
    }
}
