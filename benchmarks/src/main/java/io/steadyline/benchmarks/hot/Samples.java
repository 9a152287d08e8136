package io.steadyline.benchmarks.hot;

import io.steadyline.media.AudioFrame;
import io.steadyline.simulator.ProviderMessages;
import io.steadyline.simulator.Speech;
import io.steadyline.simulator.Tracks;
import java.util.Arrays;
import java.util.Map;

/** Messages and audio as a provider sends them. */
final class Samples {

    static final long PTIME_NS = 20_000_000;
    static final int FRAME_BYTES = 160;

    private Samples() {}

    static ProviderMessages messages(int call) {
        return new ProviderMessages("AC" + "0".repeat(32), "CA" + call, "MZ" + call);
    }

    static byte[] start(ProviderMessages messages) {
        return messages.start(Tracks.INBOUND, Map.of());
    }

    /** {@code count} media messages in a row. */
    static byte[][] media(ProviderMessages messages, int count) {
        byte[][] all = new byte[count][];
        for (int i = 0; i < count; i++) {
            messages.media("inbound", i + 1L, i * 20L, speech(i));
            all[i] = Arrays.copyOf(messages.mediaBytes(), messages.mediaLength());
        }
        return all;
    }

    static byte[] speech(int frame) {
        byte[] audio = new byte[FRAME_BYTES];
        Speech.voice().copyTo((long) frame * FRAME_BYTES, audio);
        return audio;
    }

    /** {@code count} frames of speech in a row. */
    static AudioFrame[] frames(int count) {
        AudioFrame[] frames = new AudioFrame[count];
        for (int i = 0; i < count; i++) {
            frames[i] = new AudioFrame(speech(i), i);
        }
        return frames;
    }
}
