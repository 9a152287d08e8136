package io.steadyline.stt.audio;

import java.util.List;
import java.util.Random;

/** What a line or a room adds. */
public enum Noise {
    /** Nothing at all: the pauses are digital silence. */
    NONE {
        @Override
        float[] make(int length, Random random) {
            return new float[length];
        }
    },
    WHITE {
        @Override
        float[] make(int length, Random random) {
            float[] noise = new float[length];
            for (int i = 0; i < length; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            return noise;
        }
    },
    /** Falls by some 3 dB an octave: white noise through three first-order low-passes of spread corners. */
    PINK {
        @Override
        float[] make(int length, Random random) {
            float[] noise = new float[length];
            double slow = 0;
            double middle = 0;
            double quick = 0;
            for (int i = 0; i < length; i++) {
                double white = random.nextGaussian();
                slow = 0.985 * slow + 0.06 * white;
                middle = 0.88 * middle + 0.18 * white;
                quick = 0.4 * quick + 0.35 * white;
                noise[i] = (float) (slow + middle + quick);
            }
            return noise;
        }
    },
    /** Six voices at once. */
    BABBLE {
        @Override
        float[] make(int length, Random random) {
            List<Recording> talk = Recording.of("talk-off");
            float[] noise = new float[length];
            for (int voice = 0; voice < 6; voice++) {
                float[] words = talk.get(voice % talk.size()).samples();
                int offset = random.nextInt(words.length);
                for (int i = 0; i < length; i++) {
                    noise[i] += words[(offset + i) % words.length];
                }
            }
            return noise;
        }
    };

    abstract float[] make(int length, Random random);

    /** Adds noise of this root mean square, in the units of the samples. */
    public void addTo(float[] samples, double rms, Random random) {
        float[] noise = make(samples.length, random);
        double sum = 1e-9;
        for (float each : noise) {
            sum += each * each;
        }
        float gain = (float) (rms / Math.sqrt(sum / noise.length));
        for (int i = 0; i < samples.length; i++) {
            samples[i] += gain * noise[i];
        }
    }
}
