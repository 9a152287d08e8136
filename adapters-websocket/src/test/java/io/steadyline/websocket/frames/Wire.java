package io.steadyline.websocket.frames;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client's frames, byte by byte as RFC 6455 section 5.2 draws them. */
final class Wire {

    static final int MASK = 0x37fa_213d;

    private Wire() {}

    static byte[] frame(int firstByte, byte[] payload) {
        return frame(firstByte, payload, MASK);
    }

    static byte[] frame(int firstByte, byte[] payload, int mask) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstByte);
        out.writeBytes(length(payload.length));
        byte[] key = {(byte) (mask >>> 24), (byte) (mask >>> 16), (byte) (mask >>> 8), (byte) mask};
        out.writeBytes(key);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ key[i % 4]);
        }
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return frame(0x81, utf8(text));
    }

    /** Of a masked frame, in the shortest form. */
    static byte[] length(long bytes) {
        return length(bytes, bytes <= 125 ? 0 : bytes <= 65_535 ? 2 : 8);
    }

    /** Of a masked frame, in the form with so many extra bytes. */
    static byte[] length(long bytes, int extra) {
        byte[] field = new byte[1 + extra];
        field[0] = (byte) (0x80 | (extra == 0 ? bytes : extra == 2 ? 126 : 127));
        for (int i = 0; i < extra; i++) {
            field[1 + i] = (byte) (bytes >>> (8 * (extra - 1 - i)));
        }
        return field;
    }

    /** Only the header of a frame, with a mask of zeros. */
    static byte[] header(int firstByte, long bytes, int extra) {
        return join(new byte[] {(byte) firstByte}, length(bytes, extra), new byte[4]);
    }

    static byte[] close(int code, String reason) {
        return frame(0x88, join(new byte[] {(byte) (code >> 8), (byte) code}, utf8(reason)));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(int... values) {
        byte[] all = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            all[i] = (byte) values[i];
        }
        return all;
    }

    /** ASCII of the given length that is different at every place. */
    static byte[] letters(int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('!' + i * 7 % 90);
        }
        return letters;
    }

    /** For comparing and for the eye: the text itself when it is short, else its length and a hash. */
    static String shown(byte[] payload) {
        return payload.length <= 20
                ? new String(payload, StandardCharsets.ISO_8859_1)
                : payload.length + " bytes " + Integer.toHexString(Arrays.hashCode(payload));
    }
}
