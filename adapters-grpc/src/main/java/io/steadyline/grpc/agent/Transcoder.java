package io.steadyline.grpc.agent;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.G711;
import io.steadyline.media.Resampler;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns one stream of audio from one format into another, in chunks of any size; half a sample at the end of a chunk waits
 * for its rest. Not thread-safe. The ptime of the formats means nothing here.
 */
final class Transcoder {

    private static final byte[] NONE = {};

    private final AudioFormat from;
    private final AudioFormat to;
    private List<Resampler> stages;
    private boolean hasHalf;
    private byte half;

    Transcoder(AudioFormat from, AudioFormat to) {
        this.from = from;
        this.to = to;
        this.stages = stages(from.sampleRateHz(), to.sampleRateHz());
    }

    /** What follows does not belong to what was before. */
    void reset() {
        hasHalf = false;
        stages = stages(from.sampleRateHz(), to.sampleRateHz());
    }

    /** Takes the array over, and may return it. */
    byte[] process(byte[] chunk) {
        byte[] whole = wholeSamples(chunk);
        if (whole.length == 0 || (stages.isEmpty() && from.encoding() == to.encoding())) {
            return whole;
        }
        short[] samples = decode(whole);
        int count = samples.length;
        for (Resampler stage : stages) {
            short[] output = new short[stage.maxOutput(count)];
            count = stage.process(samples, count, output);
            samples = output;
        }
        return encode(samples, count);
    }

    /** Between rates that are no multiple of each other the way leads over the telephone's own. */
    private static List<Resampler> stages(int fromHz, int toHz) {
        List<Resampler> stages = new ArrayList<>(2);
        if (fromHz == toHz) {
            return stages;
        }
        if (toHz % fromHz == 0) {
            stages.add(Resampler.up(toHz / fromHz));
        } else if (fromHz % toHz == 0) {
            stages.add(Resampler.down(fromHz / toHz));
        } else {
            stages.addAll(stages(fromHz, 8_000));
            stages.addAll(stages(8_000, toHz));
        }
        return stages;
    }

    private byte[] wholeSamples(byte[] chunk) {
        if (from.encoding().bytesPerSample() == 1 || (!hasHalf && chunk.length % 2 == 0)) {
            return chunk;
        }
        int total = chunk.length + (hasHalf ? 1 : 0);
        if (chunk.length == 0) {
            return NONE;
        }
        byte[] whole = new byte[total - total % 2];
        int at = 0;
        if (hasHalf) {
            whole[at++] = half;
        }
        System.arraycopy(chunk, 0, whole, at, whole.length - at);
        hasHalf = total % 2 != 0;
        half = chunk[chunk.length - 1];
        return whole;
    }

    private short[] decode(byte[] bytes) {
        Encoding encoding = from.encoding();
        short[] samples = new short[bytes.length / encoding.bytesPerSample()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (encoding) {
                case MULAW -> G711.fromMulaw(bytes[i]);
                case ALAW -> G711.fromAlaw(bytes[i]);
                case L16 -> (short) ((bytes[2 * i] & 0xff) | bytes[2 * i + 1] << 8);
            };
        }
        return samples;
    }

    private byte[] encode(short[] samples, int count) {
        Encoding encoding = to.encoding();
        byte[] bytes = new byte[count * encoding.bytesPerSample()];
        for (int i = 0; i < count; i++) {
            switch (encoding) {
                case MULAW -> bytes[i] = G711.toMulaw(samples[i]);
                case ALAW -> bytes[i] = G711.toAlaw(samples[i]);
                case L16 -> {
                    bytes[2 * i] = (byte) samples[i];
                    bytes[2 * i + 1] = (byte) (samples[i] >> 8);
                }
            }
        }
        return bytes;
    }
}
