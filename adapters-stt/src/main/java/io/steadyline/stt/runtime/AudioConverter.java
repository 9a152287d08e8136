package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.G711;
import io.steadyline.media.Resampler;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection's frames in the form that its vendor takes. Not thread-safe; a resampler remembers the frames before. */
final class AudioConverter {

    private final AudioFormat from;
    private final VendorAudio to;
    private final boolean same;
    private final @Nullable Resampler resampler;
    private final short[] samples;
    private final short[] resampled;

    AudioConverter(AudioFormat from, VendorAudio to) {
        this.from = from;
        this.to = to;
        this.same = to.isSameAs(from);
        this.samples = new short[from.samplesPerFrame()];
        this.resampler = resampler(from.sampleRateHz(), to.sampleRateHz());
        this.resampled = resampler == null ? samples : new short[resampler.maxOutput(samples.length)];
    }

    /** The frame's own array when nothing has to be done. */
    byte[] convert(AudioFrame frame) {
        byte[] payload = frame.payload();
        if (same) {
            return payload;
        }
        if (payload.length != from.frameBytes()) {
            throw new IllegalArgumentException(
                    "payloadBytes: " + payload.length + " (expected: " + from.frameBytes() + ", one frame)");
        }
        expand(payload);
        int count = resampler == null ? samples.length : resampler.process(samples, samples.length, resampled);
        return encode(count);
    }

    /** Digital silence as the vendor takes it. */
    byte[] silence(long durationMs) {
        byte[] silent = new byte[(int) (durationMs * to.bytesPerMs())];
        Arrays.fill(silent, to.encoding().silence());
        return silent;
    }

    private void expand(byte[] payload) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (from.encoding()) {
                case MULAW -> G711.fromMulaw(payload[i]);
                case ALAW -> G711.fromAlaw(payload[i]);
                case L16 -> (short) ((payload[2 * i] & 0xFF) | payload[2 * i + 1] << 8);
            };
        }
    }

    private byte[] encode(int count) {
        byte[] out = new byte[count * to.encoding().bytesPerSample()];
        for (int i = 0; i < count; i++) {
            short sample = resampled[i];
            switch (to.encoding()) {
                case MULAW -> out[i] = G711.toMulaw(sample);
                case ALAW -> out[i] = G711.toAlaw(sample);
                case L16 -> {
                    out[2 * i] = (byte) sample;
                    out[2 * i + 1] = (byte) (sample >> 8);
                }
            }
        }
        return out;
    }

    private static @Nullable Resampler resampler(int fromHz, int toHz) {
        if (fromHz == toHz) {
            return null;
        }
        int factor = Math.max(fromHz, toHz) / Math.min(fromHz, toHz);
        return fromHz < toHz ? Resampler.up(factor) : Resampler.down(factor);
    }
}
