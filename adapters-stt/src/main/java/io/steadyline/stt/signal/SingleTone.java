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

    /** A tone's share when it is measured 35 Hz beside it, as far as coloured noise draws the first guess. */
    private static final double NEAR_SHARE = 0.2;

    private static final double STEP_HZ = 20;
    private static final int REFINEMENTS = 2;

    /** One lag is 1/8000 s at any rate: so the guess sees the telephone band only. */
    private static final int LAG_HZ = 8000;

    private final int sampleRateHz;
    private final double minCosine;
    private final double maxCosine;
    private final int lag;

    private final double minMeanSquare = Decibels.toMeanSquare(MIN_LEVEL_DBFS);

    /** Autocorrelation of the latest frame at lags of 0, 1 and 2. */
    private double r0;

    private double r1;
    private double r2;

    SingleTone(AudioFormat format, int minHz, int maxHz) {
        this.sampleRateHz = format.sampleRateHz();
        this.lag = sampleRateHz / LAG_HZ;
        this.maxCosine = Math.cos(2 * Math.PI * (minHz - STEP_HZ) / LAG_HZ);
        this.minCosine = Math.cos(2 * Math.PI * (maxHz + STEP_HZ) / LAG_HZ);
    }

    /**
     * The tone's frequency, or {@link #NONE}.
     *
     * @param expectedHz of the tone that went on until here, or {@link #NONE}: it may be weaker for a while
     */
    double frequencyIn(float[] samples, double expectedHz) {
        correlate(samples);
        if (r0 < minMeanSquare) {
            return NONE;
        }
        if (expectedHz != NONE) {
            double hz = expectedHz + correctionHz(samples, expectedHz);
            if (power(samples, hz) >= KEPT_SHARE * r0) {
                return hz;
            }
        }
        double cosine = cosineOf();
        double spread = 2 + 4 * cosine * cosine;
        double share = 1 - (spread * r0 - 8 * cosine * r1 + 2 * r2) / (spread * r0);
        if (share < MAYBE_SHARE || cosine > maxCosine || cosine < minCosine) {
            return NONE;
        }
        return refined(samples, Math.acos(cosine) * LAG_HZ / (2 * Math.PI));
    }

    /** Of the sine in a sum of one sine and white noise. */
    private double cosineOf() {
        if (Math.abs(r1) < 1e-6) {
            return 0;
        }
        return (r2 + Math.sqrt(r2 * r2 + 8 * r1 * r1)) / (4 * r1);
    }

    private double refined(float[] samples, double guessHz) {
        if (power(samples, guessHz) < NEAR_SHARE * r0) {
            return NONE;
        }
        double hz = guessHz;
        for (int i = 0; i < REFINEMENTS; i++) {
            hz += correctionHz(samples, hz);
        }
        return power(samples, hz) >= MIN_SHARE * r0 ? hz : NONE;
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

    private void correlate(float[] samples) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        for (int i = 2 * lag; i < samples.length; i++) {
            float sample = samples[i];
            sum0 += sample * sample;
            sum1 += sample * samples[i - lag];
            sum2 += sample * samples[i - 2 * lag];
        }
        int count = samples.length - 2 * lag;
        r0 = sum0 / count;
        r1 = sum1 / count;
        r2 = sum2 / count;
    }
}
