package io.steadyline.media;

/**
 * Changes the sample rate of one stream of speech by a whole factor, up or down, with a windowed-sinc low-pass that passes up
 * to 0.4 of the lower rate (3.2 kHz at 8 kHz) and stops from 0.5 on. Keeps the end of one chunk for the next, so that the
 * size of chunks does not matter; the output lags by {@value #HALF_TAPS} samples of the lower rate. Not thread-safe.
 */
public final class Resampler {

    private static final int HALF_TAPS = 20;
    /** Samples of the lower rate that one output sample is made of. */
    private static final int TAPS_PER_PHASE = 2 * HALF_TAPS;
    /** Middle of the transition, of the lower rate. */
    private static final double CUTOFF = 0.45;
    /** Of the Kaiser window: about 60 dB in the stop band. */
    private static final double BETA = 5.65;

    private final int factor;
    private final boolean up;
    /** By phase, each in the order of the history: oldest sample first. */
    private final float[][] taps;
    /** Each sample stands twice, one length apart, so that the latest ones always lie in a row. */
    private final short[] history;

    private final int length;
    private int next;
    private int phase;

    private Resampler(int factor, boolean up) {
        if (factor != 2 && factor != 3) {
            throw new IllegalArgumentException("factor: " + factor + " (expected: 2 or 3)");
        }
        this.factor = factor;
        this.up = up;
        float[] prototype = lowPass(factor, up ? factor : 1);
        this.taps = up ? phases(prototype, factor) : new float[][] {reversed(prototype)};
        this.length = taps[0].length;
        this.history = new short[2 * length];
    }

    /** Makes {@code factor} samples of each. */
    public static Resampler up(int factor) {
        return new Resampler(factor, true);
    }

    /** Makes one sample of {@code factor}. */
    public static Resampler down(int factor) {
        return new Resampler(factor, false);
    }

    /** The most samples that so many can become. */
    public int maxOutput(int samples) {
        return up ? samples * factor : samples / factor + 1;
    }

    /** Reads {@code count} samples, writes to {@code output} and returns how many samples that were. */
    public int process(short[] input, int count, short[] output) {
        int written = 0;
        for (int i = 0; i < count; i++) {
            history[next] = input[i];
            history[next + length] = input[i];
            next = (next + 1) % length;
            if (up) {
                for (float[] row : taps) {
                    output[written++] = convolve(row);
                }
            } else {
                if (phase == 0) {
                    output[written++] = convolve(taps[0]);
                }
                phase = (phase + 1) % factor;
            }
        }
        return written;
    }

    private short convolve(float[] row) {
        float sum = 0;
        for (int i = 0; i < length; i++) {
            sum += row[i] * history[next + i];
        }
        return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** At the higher rate. */
    private static float[] lowPass(int factor, int gain) {
        int count = TAPS_PER_PHASE * factor;
        double middle = (count - 1) / 2.0;
        double cutoff = CUTOFF / factor;
        double[] taps = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double at = i - middle;
            double edge = at / (middle + 0.5);
            double angle = 2 * Math.PI * cutoff * at;
            double sinc = at == 0 ? 1 : Math.sin(angle) / angle;
            taps[i] = sinc * bessel(BETA * Math.sqrt(1 - edge * edge));
            sum += taps[i];
        }
        float[] scaled = new float[count];
        for (int i = 0; i < count; i++) {
            scaled[i] = (float) (taps[i] * gain / sum);
        }
        return scaled;
    }

    private static float[][] phases(float[] prototype, int factor) {
        float[][] rows = new float[factor][TAPS_PER_PHASE];
        for (int i = 0; i < prototype.length; i++) {
            rows[i % factor][TAPS_PER_PHASE - 1 - i / factor] = prototype[i];
        }
        return rows;
    }

    private static float[] reversed(float[] prototype) {
        float[] row = new float[prototype.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = prototype[row.length - 1 - i];
        }
        return row;
    }

    /** Modified Bessel function of the first kind, order 0. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
