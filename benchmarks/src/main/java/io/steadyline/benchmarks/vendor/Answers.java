package io.steadyline.benchmarks.vendor;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a recogniser says to one caller: a word every 500 ms of audio, and each 2 s it is final. Pure; one owner. */
final class Answers {

    static final int SAMPLE_RATE_HZ = 8_000;

    private static final byte[] INTERIM = transcription(false);
    private static final byte[] FINAL = transcription(true);

    /** L16. */
    private static final int BYTES_PER_MS = SAMPLE_RATE_HZ * 2 / 1_000;

    private static final long INTERIM_BYTES = 500L * BYTES_PER_MS;
    private static final int INTERIMS_PER_FINAL = 4;

    private long audioBytes;

    /** The answer to audio; null: nothing yet. Of two that are due at once the later one. */
    byte @Nullable [] onAudio(int bytes) {
        long before = audioBytes / INTERIM_BYTES;
        audioBytes += bytes;
        long now = audioBytes / INTERIM_BYTES;
        if (now == before) {
            return null;
        }
        return now / INTERIMS_PER_FINAL > before / INTERIMS_PER_FINAL ? FINAL : INTERIM;
    }

    /** The answer to the end of the audio. */
    byte[] onStop() {
        return FINAL;
    }

    long audioMs() {
        return audioBytes / BYTES_PER_MS;
    }

    private static byte[] transcription(boolean isFinal) {
        return ("{\"type\":\"transcription\",\"is_final\":" + isFinal
                        + ",\"alternatives\":[{\"transcript\":\"w\",\"confidence\":0.9}]}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
