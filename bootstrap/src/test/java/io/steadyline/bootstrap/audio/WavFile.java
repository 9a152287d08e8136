package io.steadyline.bootstrap.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files sample by sample, so that the reader is not tested with its own library. */
record WavFile(Format format, int rateHz, int channels) {

    /** What a sample is; the number is the format code of the header. */
    enum Format {
        PCM_8(1, 8),
        PCM_16(1, 16),
        PCM_24(1, 24),
        PCM_32(1, 32),
        FLOAT_32(3, 32),
        ALAW(6, 8),
        MULAW(7, 8);

        private final int code;
        private final int bits;

        Format(int code, int bits) {
            this.code = code;
            this.bits = bits;
        }
    }

    private static final int HEADER_BYTES = 46;
    private static final int SEGMENTS = 8;

    static WavFile mono(Format format, int rateHz) {
        return new WavFile(format, rateHz, 1);
    }

    /** @param channels samples from -1 to 1, all of the same length */
    byte[] bytes(float[]... channels) {
        int frameBytes = this.channels * format.bits / 8;
        int dataBytes = channels[0].length * frameBytes;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(18).putShort((short) format.code).putShort((short) this.channels);
        out.putInt(rateHz)
                .putInt(rateHz * frameBytes)
                .putShort((short) frameBytes)
                .putShort((short) format.bits);
        out.putShort((short) 0);
        out.put(ascii("data")).putInt(dataBytes);
        for (int i = 0; i < channels[0].length; i++) {
            for (float[] channel : channels) {
                put(channel[i], out);
            }
        }
        return out.array();
    }

    private void put(float sample, ByteBuffer out) {
        switch (format) {
            case PCM_8 -> out.put((byte) (Math.round(sample * 127) + 128));
            case PCM_16 -> out.putShort((short) Math.round(sample * 32767));
            case PCM_24 -> {
                int value = Math.round(sample * 8388607);
                out.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
            }
            case PCM_32 -> out.putInt((int) Math.round(sample * 2147483647.0));
            case FLOAT_32 -> out.putFloat(sample);
            case ALAW -> out.put((byte) (alaw(Math.round(sample * 32767)) ^ 0x55));
            case MULAW -> out.put((byte) ~mulaw(Math.round(sample * 32767)));
        }
    }

    /** ITU-T G.711 by its definition: sign, segment by doubling, four bits of the segment. */
    private static int mulaw(int sample) {
        int magnitude = Math.min(Math.abs(sample), 32635) + 132;
        int segment = SEGMENTS - 1;
        while (segment > 0 && magnitude < 128 << segment) {
            segment--;
        }
        return (sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F);
    }

    private static int alaw(int sample) {
        int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32767);
        int segment = SEGMENTS - 1;
        while (segment > 0 && magnitude < 128 << segment) {
            segment--;
        }
        int step = segment == 0 ? 4 : segment + 3;
        return (sample >= 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> step) & 0x0F);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
