package io.steadyline.simulator.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** RIFF/WAVE, as much of it as telephony needs. */
final class Wav {

    private static final int FORMAT_PCM = 1;
    private static final int FORMAT_MU_LAW = 7;
    private static final int FORMAT_EXTENSIBLE = 0xFFFE;
    private static final int HEADER_BYTES = 44;
    private static final int MIN_RATE_HZ = 8_000;
    private static final int MAX_RATE_HZ = 48_000;

    private Wav() {}

    static byte[] ofMuLaw(byte[] muLaw) {
        int dataBytes = muLaw.length * 2;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(16).putShort((short) FORMAT_PCM).putShort((short) 1);
        out.putInt(Audio.SAMPLE_RATE_HZ).putInt(Audio.SAMPLE_RATE_HZ * 2);
        out.putShort((short) 2).putShort((short) 16);
        out.put(ascii("data")).putInt(dataBytes);
        for (byte code : muLaw) {
            out.putShort(MuLaw.decode(code));
        }
        return out.array();
    }

    static byte[] toMuLaw(byte[] file, String name) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tag(in).equals("RIFF") || in.getInt() == 0 || !tag(in).equals("WAVE")) {
            throw new IOException(name + ": not a WAV file (expected: RIFF and WAVE in its first 12 bytes)");
        }
        Format format = null;
        while (in.remaining() >= 8) {
            String chunk = tag(in);
            // A writer to a pipe leaves the size at its maximum: the chunk then goes to the end of the file.
            int size = (int) Math.min(in.getInt() & 0xFFFF_FFFFL, in.remaining());
            ByteBuffer body = in.slice(in.position(), size).order(ByteOrder.LITTLE_ENDIAN);
            if (chunk.equals("fmt ")) {
                format = Format.read(body, name);
            } else if (chunk.equals("data")) {
                return samples(requireFormat(format, name), body);
            }
            in.position(in.position() + Math.min(size + (size & 1), in.remaining()));
        }
        throw new IOException(name + ": no 'data' chunk");
    }

    private static Format requireFormat(@Nullable Format format, String name) throws IOException {
        if (format == null) {
            throw new IOException(name + ": 'data' chunk before any 'fmt ' chunk");
        }
        return format;
    }

    private static byte[] samples(Format format, ByteBuffer data) {
        if (format.code == FORMAT_MU_LAW) {
            byte[] muLaw = new byte[data.remaining() / format.channels];
            for (int i = 0; i < muLaw.length; i++) {
                muLaw[i] = data.get(i * format.channels);
            }
            return muLaw;
        }
        short[] mono = new short[data.remaining() / (2 * format.channels)];
        for (int i = 0; i < mono.length; i++) {
            int sum = 0;
            for (int channel = 0; channel < format.channels; channel++) {
                sum += data.getShort();
            }
            mono[i] = (short) (sum / format.channels);
        }
        short[] narrow = Decimator.to8kHz(mono, format.rateHz);
        byte[] muLaw = new byte[narrow.length];
        for (int i = 0; i < muLaw.length; i++) {
            muLaw[i] = MuLaw.encode(narrow[i]);
        }
        return muLaw;
    }

    private static String tag(ByteBuffer in) {
        byte[] tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String tag) {
        return tag.getBytes(StandardCharsets.US_ASCII);
    }

    private record Format(int code, int channels, int rateHz) {

        static Format read(ByteBuffer body, String name) throws IOException {
            if (body.remaining() < 16) {
                throw new IOException(name + ": 'fmt ' chunk of " + body.remaining() + " bytes (expected: 16 or more)");
            }
            int code = body.getShort(0) & 0xFFFF;
            int channels = body.getShort(2);
            int rateHz = body.getInt(4);
            int bits = body.getShort(14);
            if (code == FORMAT_EXTENSIBLE && body.remaining() >= 26) {
                code = body.getShort(24) & 0xFFFF;
            }
            if (channels != 1 && channels != 2) {
                throw new IOException(name + ": " + channels + " channels (expected: 1 or 2)");
            }
            boolean isMuLaw = code == FORMAT_MU_LAW && bits == 8 && rateHz == Audio.SAMPLE_RATE_HZ;
            boolean isPcm = code == FORMAT_PCM && bits == 16 && rateHz >= MIN_RATE_HZ && rateHz <= MAX_RATE_HZ;
            if (!isMuLaw && !isPcm) {
                throw new IOException(name + ": format " + code + ", " + bits + " bits, " + rateHz
                        + " Hz (expected: 16-bit PCM (1) at 8000 to 48000 Hz, or µ-law (7) at 8000 Hz)");
            }
            return new Format(code, channels, rateHz);
        }
    }
}
