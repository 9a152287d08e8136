package io.steadyline.simulator.audio;

/** Brings wide-band samples down to 8 kHz by a windowed sinc, evaluated where each output sample lies. */
final class Decimator {

    /** Zero crossings on each side; 16 leave about 50 dB of what would alias, plenty for a µ-law channel. */
    private static final int HALF_WIDTH = 16;

    /** Share of the new Nyquist frequency that passes: 3.6 kHz of 4. */
    private static final double PASS = 0.9;

    private Decimator() {}

    static short[] to8kHz(short[] samples, int rateHz) {
        if (rateHz == Audio.SAMPLE_RATE_HZ) {
            return samples;
        }
        double step = (double) rateHz / Audio.SAMPLE_RATE_HZ;
        short[] out = new short[(int) (samples.length / step)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short)
                    Math.clamp(Math.round(at(samples, i * step, step / PASS)), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return out;
    }

    private static double at(short[] samples, double centre, double crossing) {
        double reach = HALF_WIDTH * crossing;
        int first = Math.max(0, (int) Math.ceil(centre - reach));
        int last = Math.min(samples.length - 1, (int) Math.floor(centre + reach));
        double sum = 0;
        double gain = 0;
        for (int i = first; i <= last; i++) {
            double x = (i - centre) / crossing;
            double weight = sinc(x) * (0.5 + 0.5 * Math.cos(Math.PI * x / HALF_WIDTH));
            sum += samples[i] * weight;
            gain += weight;
        }
        return gain == 0 ? 0 : sum / gain;
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
