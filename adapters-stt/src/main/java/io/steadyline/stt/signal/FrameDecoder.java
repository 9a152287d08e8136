package io.steadyline.stt.signal;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Encoding;
import io.steadyline.media.G711;

/** Frames of a call's own encoding as linear samples, -32768..32767, in one buffer that is used again and again. */
public final class FrameDecoder {

    private static final float[] MULAW = new float[256];
    private static final float[] ALAW = new float[256];

    static {
        for (int code = 0; code < 256; code++) {
            MULAW[code] = G711.fromMulaw((byte) code);
            ALAW[code] = G711.fromAlaw((byte) code);
        }
    }

    private final AudioFormat format;
    private final float[] samples;

    public FrameDecoder(AudioFormat format) {
        this.format = format;
        this.samples = new float[format.samplesPerFrame()];
    }

    /** The frame's samples; valid until the next call. */
    public float[] decode(AudioFrame frame) {
        byte[] payload = frame.payload();
        if (payload.length != format.frameBytes()) {
            throw new IllegalArgumentException(
                    "payloadBytes: " + payload.length + " (expected: " + format.frameBytes() + ", one frame)");
        }
        switch (format.encoding()) {
            case MULAW -> expand(payload, MULAW);
            case ALAW -> expand(payload, ALAW);
            case L16 -> joinBytes(payload);
        }
        return samples;
    }

    /** Largest magnitude that a frame of digital silence has: A-law knows no zero, its smallest values are ±8. */
    public static float silencePeak(Encoding encoding) {
        return encoding == Encoding.ALAW ? 8 : 0;
    }

    private void expand(byte[] payload, float[] table) {
        for (int i = 0; i < payload.length; i++) {
            samples[i] = table[payload[i] & 0xFF];
        }
    }

    private void joinBytes(byte[] payload) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((payload[2 * i] & 0xFF) | payload[2 * i + 1] << 8);
        }
    }
}
