package io.steadyline.bootstrap.audio;

/** Band-limited resampling to 8 kHz by a windowed sinc; done once for a file, so plain before fast. */
final class Resampler {

    private static final double TARGET_HZ = 8000;
    /** Zero crossings of the sinc on either side; 16 puts aliases some 60 dB down, below what µ-law resolves. */
    private static final int CROSSINGS = 16;

    private Resampler() {}

    /** @throws IllegalArgumentException outside 4 to 192 kHz */
    static float[] to8k(float[] samples, double rateHz) {
        if (!(rateHz >= 4_000 && rateHz <= 192_000)) {
            throw new IllegalArgumentException("sample rate: " + rateHz + " Hz (expected: 4000 to 192000)");
        }
        if (rateHz == TARGET_HZ) {
            return samples;
        }
        double step = rateHz / TARGET_HZ;
        double cutoff = Math.min(1, 1 / step);
        double reach = CROSSINGS / cutoff;
        float[] out = new float[(int) Math.floor(samples.length / step)];
        for (int i = 0; i < out.length; i++) {
            double centre = i * step;
            int from = Math.max(0, (int) Math.ceil(centre - reach));
            int to = Math.min(samples.length - 1, (int) Math.floor(centre + reach));
            double sum = 0;
            for (int at = from; at <= to; at++) {
                sum += samples[at] * kernel((at - centre) * cutoff) * cutoff;
            }
            out[i] = (float) sum;
        }
        return out;
    }

    /** Sinc under a Hann window. */
    private static double kernel(double x) {
        if (x == 0) {
            return 1;
        }
        double window = 0.5 + 0.5 * Math.cos(Math.PI * x / CROSSINGS);
        return Math.sin(Math.PI * x) / (Math.PI * x) * window;
    }
}
