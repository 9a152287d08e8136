package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;
import java.time.Duration;

/** What the caller says; silence is sent where it ends, as a telephone does. */
public record Speech(Audio audio, boolean isLooped) {

    public Speech {
        if (audio.sizeBytes() == 0) {
            throw new IllegalArgumentException("speech: 0 bytes of audio (expected: some)");
        }
    }

    /** The bundled voice over and over. */
    public static Speech voice() {
        return looped(Audio.voice());
    }

    public static Speech looped(Audio audio) {
        return new Speech(audio, true);
    }

    public static Speech once(Audio audio) {
        return new Speech(audio, false);
    }

    public static Speech silence() {
        return looped(Audio.silence(Duration.ofMillis(20)));
    }

    /** Fills {@code frame} with what is said from the given byte on. */
    public void copyTo(long position, byte[] frame) {
        if (!isLooped) {
            audio.copyTo((int) Math.min(position, audio.sizeBytes()), frame);
            return;
        }
        // A loop is rounded up to whole frames by silence, so that no frame is made of two pieces.
        long loopBytes = ((long) audio.sizeBytes() + frame.length - 1) / frame.length * frame.length;
        audio.copyTo((int) (position % loopBytes), frame);
    }
}
