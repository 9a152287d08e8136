package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;
import io.steadyline.simulator.audio.MuLaw;
import java.util.Arrays;

/** The answer as the caller hears it: a timeline from the stream's start, silence where nothing plays, without what was cleared. */
final class AnswerRecorder {

    private final boolean isOn;
    private final int maxBytes;
    private long originNs;
    private byte[] timeline = new byte[0];
    private int length;

    AnswerRecorder(boolean isOn, int maxBytes) {
        this.isOn = isOn;
        this.maxBytes = maxBytes;
    }

    void startAt(long originNs) {
        this.originNs = originNs;
    }

    /** Audio that begins to sound at {@code soundsNs}. What lies past the limit is left out. */
    void play(byte[] audio, long soundsNs) {
        if (!isOn) {
            return;
        }
        int position = Math.max(length, positionOf(soundsNs));
        int taken = Math.min(audio.length, maxBytes - position);
        if (taken <= 0) {
            return;
        }
        ensureCapacity(position + taken);
        Arrays.fill(timeline, length, position, MuLaw.SILENCE);
        System.arraycopy(audio, 0, timeline, position, taken);
        length = position + taken;
    }

    /** What would sound after {@code nowNs} is never heard. */
    void cut(long nowNs) {
        length = Math.min(length, positionOf(nowNs));
    }

    Audio answer() {
        return Audio.ofMuLaw(Arrays.copyOf(timeline, length));
    }

    private int positionOf(long timeNs) {
        return Math.clamp((timeNs - originNs) / PlayoutClock.NS_PER_BYTE, 0, maxBytes);
    }

    private void ensureCapacity(int needed) {
        if (needed > timeline.length) {
            timeline = Arrays.copyOf(timeline, Math.max(needed, timeline.length * 2));
        }
    }
}
