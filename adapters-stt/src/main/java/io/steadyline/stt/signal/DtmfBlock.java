package io.steadyline.stt.signal;

import java.util.Arrays;

/** One block of 12.75 ms: which pair of keypad tones is in it, if any, and how strong each tone is. */
final class DtmfBlock {

    /** No key. */
    static final char NONE = 0;

    /** The best timing that still separates neighbouring rows, 73 Hz apart. */
    private static final int SAMPLES_AT_8_KHZ = 102;

    private static final double[] ROWS_HZ = {697, 770, 852, 941};
    private static final double[] COLUMNS_HZ = {1209, 1336, 1477, 1633};
    private static final String KEYS = "123A456B789C*0#D";

    /** 6 dB: how far the strongest of a group stands out. */
    private static final float DOMINANCE = 4;

    /** Second harmonics against the pair; voices have more. */
    private static final float MAX_HARMONICS = 0.15f;

    /** A row's harmonic that is nearer than this to the column cannot be told from it in so short a block. */
    private static final double HARMONIC_APART_HZ = 120;

    /**
     * Q.24: a tone 1.5 % off must be taken, one 3.5 % off must not. The column's limit is the nearer, since more than 39 Hz
     * cannot be told from less on the other side.
     */
    private static final double ROW_WITHIN = 0.025;

    private static final double COLUMN_WITHIN = 0.022;

    private final int samples;
    private final double minToneMeanSquare;
    private final double minTwist;
    private final double maxTwist;
    private final double minShare;
    private final float[] rowCoefficients;
    private final float[] columnCoefficients;
    private final float[] rowHarmonicCoefficients;
    private final float[] columnHarmonicCoefficients;
    private final float[] rows = new float[4];
    private final float[] columns = new float[4];
    private final Pitch rowPitch;
    private final Pitch columnPitch;
    private final float[] rowsBefore = new float[4];
    private final float[] columnsBefore = new float[4];

    DtmfBlock(DtmfRules rules, int sampleRateHz) {
        this.samples = SAMPLES_AT_8_KHZ * (sampleRateHz / 8000);
        this.minToneMeanSquare = Decibels.toMeanSquare(rules.minToneDbfs());
        this.minTwist = Decibels.ratio(rules.minTwistDb());
        this.maxTwist = Decibels.ratio(rules.maxTwistDb());
        this.minShare = rules.minShare();
        this.rowPitch = new Pitch(samples, sampleRateHz);
        this.columnPitch = new Pitch(samples, sampleRateHz);
        this.rowCoefficients = coefficients(ROWS_HZ, 1, sampleRateHz);
        this.columnCoefficients = coefficients(COLUMNS_HZ, 1, sampleRateHz);
        this.rowHarmonicCoefficients = coefficients(ROWS_HZ, 2, sampleRateHz);
        this.columnHarmonicCoefficients = coefficients(COLUMNS_HZ, 2, sampleRateHz);
    }

    int samples() {
        return samples;
    }

    /** The key in the block, or {@link #NONE}; afterwards {@link #amplitudeOf} answers for this block. */
    char keyIn(float[] block) {
        System.arraycopy(rows, 0, rowsBefore, 0, 4);
        System.arraycopy(columns, 0, columnsBefore, 0, 4);
        float meanSquare = meanSquare(block);
        if (meanSquare < minToneMeanSquare) {
            clear();
            return NONE;
        }
        Goertzel.meanSquares(block, samples, rowCoefficients, rows);
        Goertzel.meanSquares(block, samples, columnCoefficients, columns);
        int row = strongest(rows);
        int column = strongest(columns);
        float pair = rows[row] + columns[column];
        boolean isKey = pair >= minShare * meanSquare
                && Math.min(rows[row], columns[column]) >= minToneMeanSquare
                && columns[column] >= minTwist * rows[row]
                && columns[column] <= maxTwist * rows[row]
                && dominates(rows, row)
                && dominates(columns, column)
                && harmonics(block, row, column) <= MAX_HARMONICS * pair;
        if (!isKey) {
            forgetPitch();
            return NONE;
        }
        rowPitch.measure(block, ROWS_HZ[row]);
        columnPitch.measure(block, COLUMNS_HZ[column]);
        return KEYS.charAt(row * 4 + column);
    }

    /** Whether the key in the latest block goes on in tune from the block before, or begins with it. */
    boolean isInTune() {
        return rowPitch.offBy() <= ROW_WITHIN && columnPitch.offBy() <= COLUMN_WITHIN;
    }

    /** How strong a key's two tones are in the latest block; what the block shares with silence lowers it in proportion. */
    double amplitudeOf(char key) {
        return amplitude(rows, columns, key);
    }

    /** The same in the block before the latest one. */
    double amplitudeBeforeOf(char key) {
        return amplitude(rowsBefore, columnsBefore, key);
    }

    /** The next block follows on nothing. */
    void clear() {
        Arrays.fill(rows, 0);
        Arrays.fill(columns, 0);
        forgetPitch();
    }

    private void forgetPitch() {
        rowPitch.forget();
        columnPitch.forget();
    }

    private static double amplitude(float[] rows, float[] columns, char key) {
        int index = KEYS.indexOf(key);
        return Math.sqrt(rows[index / 4]) + Math.sqrt(columns[index % 4]);
    }

    private float meanSquare(float[] block) {
        float sum = 0;
        for (float sample : block) {
            sum += sample * sample;
        }
        return sum / samples;
    }

    private float harmonics(float[] block, int row, int column) {
        float ofColumn = Goertzel.meanSquare(block, samples, columnHarmonicCoefficients[column]);
        boolean apart = Math.abs(2 * ROWS_HZ[row] - COLUMNS_HZ[column]) >= HARMONIC_APART_HZ;
        return apart ? ofColumn + Goertzel.meanSquare(block, samples, rowHarmonicCoefficients[row]) : ofColumn;
    }

    private static int strongest(float[] powers) {
        int best = 0;
        for (int i = 1; i < powers.length; i++) {
            best = powers[i] > powers[best] ? i : best;
        }
        return best;
    }

    private static boolean dominates(float[] powers, int best) {
        for (int i = 0; i < powers.length; i++) {
            if (i != best && powers[i] * DOMINANCE > powers[best]) {
                return false;
            }
        }
        return true;
    }

    private static float[] coefficients(double[] frequenciesHz, int multiple, int sampleRateHz) {
        float[] coefficients = new float[frequenciesHz.length];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = Goertzel.coefficient(multiple * frequenciesHz[i], sampleRateHz);
        }
        return coefficients;
    }
}
