package io.steadyline.stt.signal;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.SpeechEvent.Tone;
import org.jspecify.annotations.Nullable;

/**
 * Hears single steady tones: fax calling (CNG), fax or modem answering (CED), and any other, such as an answering
 * machine's beep. A tone is told when it stops, or after a second when it goes on.
 */
public final class ToneDetector {

    /** A tone; ms from the first sample after the construction or the latest restart. */
    public record Heard(Tone tone, int frequencyHz, long offsetMs, long durationMs) {}

    private static final int MIN_TONE_MS = 200;
    private static final int TELL_AFTER_MS = 1_000;
    /** Below there are voices with a single strong harmonic, above there is little on a telephone line. */
    private static final int MIN_HZ = 380;

    private static final int MAX_HZ = 3_000;
    private static final int STEADY_WITHIN_HZ = 30;
    /** T.30: 1100 Hz ± 38 for 0.5 s; the measurement has an error of its own. */
    private static final int CNG_HZ = 1_100;

    private static final int CNG_WITHIN_HZ = 44;
    /** T.30 and V.25: 2100 Hz ± 15 for 2.6 s and more. */
    private static final int CED_HZ = 2_100;

    private static final int CED_WITHIN_HZ = 25;
    private static final int MIN_FAX_TONE_MS = 350;

    private final SingleTone analysis;
    private final int ptimeMs;
    private long frameStartMs;
    private boolean heardInFrame;

    private long startMs;
    private long toneMs;
    private int missedMs;
    private double sumHz;
    private int frames;
    private boolean told;

    public ToneDetector(AudioFormat format) {
        this.analysis = new SingleTone(format, MIN_HZ, MAX_HZ);
        this.ptimeMs = format.ptime().ms();
    }

    /**
     * Takes the next frame; answers the tone that ended before it or has lasted a second with it, if any.
     *
     * @param explained a key is in it: no tone of its own
     */
    public @Nullable Heard onFrame(float[] samples, boolean explained) {
        double hz = explained ? SingleTone.NONE : analysis.frequencyIn(samples, meanHz());
        heardInFrame = hz >= MIN_HZ && hz <= MAX_HZ;
        Heard heard = heardInFrame ? onTone(hz) : onMiss();
        frameStartMs += ptimeMs;
        return heard;
    }

    /** Whether nothing but one tone was in the latest frame. */
    public boolean heardInFrame() {
        return heardInFrame;
    }

    /** No audio follows, or not the next: ends the tone in hand and starts anew at 0 ms. */
    public @Nullable Heard restart() {
        Heard heard = end();
        frameStartMs = 0;
        heardInFrame = false;
        return heard;
    }

    private @Nullable Heard onTone(double hz) {
        boolean continues = frames > 0 && Math.abs(hz - meanHz()) <= STEADY_WITHIN_HZ;
        Heard ended = continues ? null : end();
        if (frames == 0) {
            startMs = frameStartMs;
        }
        frames++;
        sumHz += hz;
        missedMs = 0;
        toneMs = frameStartMs + ptimeMs - startMs;
        if (toneMs >= TELL_AFTER_MS && !told) {
            told = true;
            return heard();
        }
        return ended;
    }

    /** One frame may be missed: the other side may turn the phase (V.25), a packet may be lost. */
    private @Nullable Heard onMiss() {
        missedMs += ptimeMs;
        return frames > 0 && missedMs > ptimeMs ? end() : null;
    }

    private @Nullable Heard end() {
        Heard heard = frames > 0 && !told && toneMs >= MIN_TONE_MS ? heard() : null;
        frames = 0;
        sumHz = 0;
        told = false;
        missedMs = 0;
        return heard;
    }

    private double meanHz() {
        return frames == 0 ? SingleTone.NONE : sumHz / frames;
    }

    private Heard heard() {
        double hz = meanHz();
        return new Heard(nameOf(hz), (int) Math.round(hz), startMs, toneMs);
    }

    private Tone nameOf(double hz) {
        if (toneMs >= MIN_FAX_TONE_MS && Math.abs(hz - CNG_HZ) <= CNG_WITHIN_HZ) {
            return Tone.FAX_CNG;
        }
        return toneMs >= MIN_FAX_TONE_MS && Math.abs(hz - CED_HZ) <= CED_WITHIN_HZ ? Tone.FAX_CED : Tone.BEEP;
    }
}
