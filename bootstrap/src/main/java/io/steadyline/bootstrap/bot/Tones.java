package io.steadyline.bootstrap.bot;

import io.steadyline.media.G711;

/** What these bots have for a voice. 8 kHz µ-law. */
final class Tones {

    private static final int RATE_HZ = 8000;
    private static final double AMPLITUDE = 6000;
    private static final int RAMP_SAMPLES = 80;

    private Tones() {}

    /** A few syllables, each a little higher than the one before. */
    static byte[] sentence(int lengthMs) {
        byte[] audio = new byte[lengthMs * RATE_HZ / 1000];
        int syllable = RATE_HZ / 5;
        for (int i = 0; i < audio.length; i++) {
            int within = i % syllable;
            double hz = 700 + 60 * (i / syllable % 5);
            double ramp = Math.min(1, Math.min(within, syllable - within) / (double) RAMP_SAMPLES);
            audio[i] = G711.toMulaw((int) (AMPLITUDE * ramp * Math.sin(2 * Math.PI * hz * i / RATE_HZ)));
        }
        return audio;
    }
}
