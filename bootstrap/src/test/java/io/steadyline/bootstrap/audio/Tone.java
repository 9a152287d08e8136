package io.steadyline.bootstrap.audio;

import io.steadyline.media.AudioClip;
import io.steadyline.media.G711;

/** Makes tones, and measures how much of one there is. */
final class Tone {

    private static final int TELEPHONE_HZ = 8000;

    private Tone() {}

    /** One second of a sine. */
    static float[] of(double toneHz, double level, int rateHz) {
        float[] samples = new float[rateHz];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (level * Math.sin(2 * Math.PI * toneHz * i / rateHz));
        }
        return samples;
    }

    /** What will be heard, as samples from -1 to 1 at 8 kHz. */
    static float[] heard(AudioClip clip) {
        int frameBytes = clip.format().frameBytes();
        float[] samples = new float[clip.frameCount() * frameBytes];
        for (int frame = 0; frame < clip.frameCount(); frame++) {
            byte[] payload = clip.frame(frame).payload();
            for (int i = 0; i < frameBytes; i++) {
                samples[frame * frameBytes + i] = G711.fromMulaw(payload[i]) / 32768f;
            }
        }
        return samples;
    }

    /** Level of the tone in 8 kHz samples, by correlation over whole tenths of a second in the middle. */
    static double level(float[] samples, double toneHz) {
        double sine = 0;
        double cosine = 0;
        int from = samples.length / 4 / 800 * 800;
        int to = from + samples.length / 2 / 800 * 800;
        for (int i = from; i < to; i++) {
            double phase = 2 * Math.PI * toneHz * i / TELEPHONE_HZ;
            sine += samples[i] * Math.sin(phase);
            cosine += samples[i] * Math.cos(phase);
        }
        return 2 * Math.hypot(sine, cosine) / (to - from);
    }

    static double rms(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }
}
