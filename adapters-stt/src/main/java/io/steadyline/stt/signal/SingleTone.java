package io.steadyline.stt.signal;

import io.steadyline.media.AudioFormat;

/**
 * Finds out whether a frame holds one tone and little else. The autocorrelation at two lags gives the frequency of a sine
 * in noise (Pisarenko's harmonic decomposition) and a first idea of the rest; only where that is small the frequency is
 * refined and the tone's true share measured.
 */
final class SingleTone {

    /** No single tone. */
    static final double NONE = -1;

    private static final double MIN_LEVEL_DBFS = -45;
    private static final double MIN_SHARE = 0.8;
    private static final double KEPT_SHARE = 0.7;
    /** The first guess measures noise into the share; what is below this is no tone however it is measured. */
    private static final double MAYBE_SHARE = 0.6;

    private static final double STEP_HZ = 20;
    private static final int REFINEMENTS = 2;

    private final int sampleRateHz;
    /** One lag is 1/8000 s at any rate: so the guess sees the telephone band only. */
    private final int lag;

    private final double minMeanSquare = Decibels.toMeanSquare(MIN_LEVEL_DBFS);

    SingleTone(AudioFormat format) {
        this.sampleRateHz = format.sampleRateHz();
        this.lag = sampleRateHz / 8000;
    }

    /**
     * The tone's frequency, or {@link #NONE}.
     *
     * @param expectedHz of the tone that went on until here, or {@link #NONE}: it may be weaker for a while
     */
    double frequencyIn(float[] samples, double expectedHz) {
        double r0 = autocorrelation(samples, 0);
        if (r0 < minMeanSquare) {
            return NONE;
        }
        if (expectedHz != NONE) {
            double hz = expectedHz + correctionHz(samples, expectedHz);
            if (power(samples, hz) >= KEPT_SHARE * r0) {
                return hz;
            }
        }
        double r1 = autocorrelation(samples, lag);
        double r2 = autocorrelation(samples, 2 * lag);
        double cosine = cosineOf(r1, r2);
        double share =
                1 - ((2 + 4 * cosine * cosine) * r0 - 8 * cosine * r1 + 2 * r2) / ((2 + 4 * cosine * cosine) * r0);
        if (share < MAYBE_SHARE || Math.abs(cosine) >= 1) {
            return NONE;
        }
        return refined(samples, Math.acos(cosine) * 8000 / (2 * Math.PI), r0);
    }

    /** Of the sine in a sum of one sine and white noise. */
    private static double cosineOf(double r1, double r2) {
        if (Math.abs(r1) < 1e-6) {
            return 0;
        }
        return (r2 + Math.sqrt(r2 * r2 + 8 * r1 * r1)) / (4 * r1);
    }

    private double refined(float[] samples, double guessHz, double meanSquare) {
        double hz = guessHz;
        for (int i = 0; i < REFINEMENTS; i++) {
            hz += correctionHz(samples, hz);
        }
        return power(samples, hz) >= MIN_SHARE * meanSquare ? hz : NONE;
    }

    /** To the vertex of the parabola through three neighbours, a step at most. */
    private double correctionHz(float[] samples, double hz) {
        double below = power(samples, hz - STEP_HZ);
        double here = power(samples, hz);
        double above = power(samples, hz + STEP_HZ);
        double curvature = below - 2 * here + above;
        if (curvature >= 0) {
            return above > below ? STEP_HZ : -STEP_HZ;
        }
        return Math.clamp(STEP_HZ * (below - above) / (2 * curvature), -STEP_HZ, STEP_HZ);
    }

    private double power(float[] samples, double hz) {
        return Goertzel.meanSquare(samples, samples.length, Goertzel.coefficient(hz, sampleRateHz));
    }

    private static double autocorrelation(float[] samples, int lag) {
        float sum = 0;
        for (int i = lag; i < samples.length; i++) {
            sum += samples[i] * samples[i - lag];
        }
        return sum / (samples.length - lag);
    }
}
