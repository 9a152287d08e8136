package io.steadyline.media;

import java.util.Arrays;

/**
 * Encoding, rate and frame duration of a call's audio; fixed for the life of a stream. Mono always.
 *
 * @param sampleRateHz 8000, 16000 or 24000
 */
public record AudioFormat(Encoding encoding, int sampleRateHz, Ptime ptime) {

    /** What Twilio Media Streams speaks, and nothing else: 160 bytes for 20 ms. */
    public static final AudioFormat MULAW_8K = new AudioFormat(Encoding.MULAW, 8000, Ptime.MS_20);

    public AudioFormat {
        if (sampleRateHz != 8000 && sampleRateHz != 16000 && sampleRateHz != 24000) {
            throw new IllegalArgumentException("sampleRateHz: " + sampleRateHz + " (expected: 8000, 16000 or 24000)");
        }
    }

    public int samplesPerFrame() {
        return sampleRateHz / 1000 * ptime.ms();
    }

    public int frameBytes() {
        return samplesPerFrame() * encoding.bytesPerSample();
    }

    public int bytesPerMs() {
        return sampleRateHz / 1000 * encoding.bytesPerSample();
    }

    /** A new array that holds one frame of digital silence. */
    public byte[] silentPayload() {
        byte[] payload = new byte[frameBytes()];
        Arrays.fill(payload, encoding.silence());
        return payload;
    }
}
