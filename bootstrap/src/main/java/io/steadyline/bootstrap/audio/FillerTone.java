package io.steadyline.bootstrap.audio;

import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.G711;

/** What tells a caller that the line is not dead: a short soft tone, then silence. */
public final class FillerTone {

    private static final int RATE_HZ = 8000;
    /** Of the European and the American ringing tone both; nobody takes it for a busy tone at this length. */
    private static final double TONE_HZ = 425;

    private static final int TONE_MS = 200;
    private static final int PERIOD_MS = 2000;
    /** Rise and fall, so that it does not click. */
    private static final int RAMP_MS = 20;
    /** About -26 dBFS. */
    private static final double AMPLITUDE = 1600;

    private FillerTone() {}

    /** Two seconds of 8 kHz µ-law, to be played over and over. */
    public static AudioClip clip() {
        byte[] audio = new byte[PERIOD_MS * RATE_HZ / 1000];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = G711.toMulaw((int) Math.round(sample(i)));
        }
        return AudioClip.of(AudioFormat.MULAW_8K, audio);
    }

    private static double sample(int index) {
        double ms = index * 1000.0 / RATE_HZ;
        if (ms >= TONE_MS) {
            return 0;
        }
        double ramp = Math.min(1, Math.min(ms, TONE_MS - ms) / RAMP_MS);
        return AMPLITUDE * ramp * Math.sin(2 * Math.PI * TONE_HZ * index / RATE_HZ);
    }
}
