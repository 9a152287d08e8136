package io.steadyline.stt.signal;

/**
 * Power of single frequencies in a block of samples, as the mean square that a sine of that frequency would have: for a
 * pure tone on its own frequency it equals the block's mean square.
 */
final class Goertzel {

    private Goertzel() {}

    /** What the recursion multiplies with; depends on frequency and rate only. */
    static float coefficient(double frequencyHz, int sampleRateHz) {
        return (float) (2 * Math.cos(2 * Math.PI * frequencyHz / sampleRateHz));
    }

    static float meanSquare(float[] samples, int count, float coefficient) {
        float s1 = 0;
        float s2 = 0;
        for (int i = 0; i < count; i++) {
            float s0 = samples[i] - s2 + coefficient * s1;
            s2 = s1;
            s1 = s0;
        }
        return scaled(s1, s2, coefficient, count);
    }

    /**
     * Four at once: each step waits for its own previous one only, so that the four overlap in the processor. The newest
     * state is added last, so that the rest of the sum does not wait for it.
     */
    static void meanSquares(float[] samples, int count, float[] coefficients, float[] powers) {
        float ca = coefficients[0];
        float cb = coefficients[1];
        float cc = coefficients[2];
        float cd = coefficients[3];
        float a1 = 0;
        float a2 = 0;
        float b1 = 0;
        float b2 = 0;
        float c1 = 0;
        float c2 = 0;
        float d1 = 0;
        float d2 = 0;
        for (int i = 0; i < count; i++) {
            float sample = samples[i];
            float a0 = sample - a2 + ca * a1;
            float b0 = sample - b2 + cb * b1;
            float c0 = sample - c2 + cc * c1;
            float d0 = sample - d2 + cd * d1;
            a2 = a1;
            a1 = a0;
            b2 = b1;
            b1 = b0;
            c2 = c1;
            c1 = c0;
            d2 = d1;
            d1 = d0;
        }
        powers[0] = scaled(a1, a2, ca, count);
        powers[1] = scaled(b1, b2, cb, count);
        powers[2] = scaled(c1, c2, cc, count);
        powers[3] = scaled(d1, d2, cd, count);
    }

    /** Phase of a frequency in a block, in radians; only its advance from one block to the next has a meaning. */
    static double phase(float[] samples, int count, double radiansPerSample) {
        float coefficient = (float) (2 * Math.cos(radiansPerSample));
        float s1 = 0;
        float s2 = 0;
        for (int i = 0; i < count; i++) {
            float s0 = samples[i] - s2 + coefficient * s1;
            s2 = s1;
            s1 = s0;
        }
        return Math.atan2(s2 * Math.sin(radiansPerSample), s1 - s2 * Math.cos(radiansPerSample));
    }

    private static float scaled(float s1, float s2, float coefficient, int count) {
        return (s1 * s1 + s2 * s2 - coefficient * s1 * s2) * 2 / ((float) count * count);
    }
}
