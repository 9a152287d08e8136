package io.steadyline.journal.recorder;

import java.nio.charset.StandardCharsets;

/** Short text among numbers: its length, then eight bytes of UTF-8 in each. */
final class PackedText {

    private PackedText() {}

    static int numbers(int maxBytes) {
        return 1 + (maxBytes + Long.BYTES - 1) / Long.BYTES;
    }

    /** What is longer is cut between two characters. */
    static void put(String text, int maxBytes, long[] into, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = fit(bytes, maxBytes);
        into[at] = length;
        for (int i = 1; i < numbers(maxBytes); i++) {
            into[at + i] = 0;
        }
        for (int i = 0; i < length; i++) {
            into[at + 1 + i / Long.BYTES] |= (bytes[i] & 0xffL) << (i % Long.BYTES * Byte.SIZE);
        }
    }

    static String get(long[] from, int at, int maxBytes) {
        byte[] bytes = new byte[Math.clamp(from[at], 0, maxBytes)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (from[at + 1 + i / Long.BYTES] >>> (i % Long.BYTES * Byte.SIZE));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How many of these bytes of UTF-8 fit, without half a character at the end. */
    static int fit(byte[] bytes, int maxBytes) {
        int length = Math.min(bytes.length, maxBytes);
        if (length < bytes.length) {
            while (length > 0 && (bytes[length] & 0xc0) == 0x80) {
                length--;
            }
        }
        return length;
    }
}
