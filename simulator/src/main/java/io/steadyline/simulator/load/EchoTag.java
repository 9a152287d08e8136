package io.steadyline.simulator.load;

import java.util.Arrays;

/**
 * What a frame carries at the beginning of its audio, so that it is known again: the call, its number and, in the long form, the time
 * at which it was sent. Survives a server that hands on µ-law as it is. One instance is used for all frames. One owner.
 */
final class EchoTag {

    /** Eighteen bytes are 24 characters of base64 without a rest. */
    private static final int LONG_BYTES = 18;

    /** Six bytes, eight characters: little enough that what follows is still speech. */
    private static final int SHORT_BYTES = 6;

    private static final int LONG_MAGIC = 0xA53C;
    private static final int SHORT_MAGIC = 0xA6;
    private static final int SHORT_NUMBERS = 1 << 24;
    private static final byte[] VALUE_OF = new byte[128];

    static {
        Arrays.fill(VALUE_OF, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUE_OF[alphabet.charAt(i)] = (byte) i;
        }
    }

    private final boolean isShort;
    private final byte[] bytes = new byte[LONG_BYTES];
    private int call;
    private int number;
    private long sentNs;

    EchoTag(boolean isShort) {
        this.isShort = isShort;
    }

    /** The call's number as it comes back: the short form has room for its last 16 bits. */
    int callAsCarried(int ofCall) {
        return isShort ? ofCall & 0xFFFF : ofCall;
    }

    /** Whether a tag has the time in it. */
    boolean carriesTime() {
        return !isShort;
    }

    void write(byte[] audio, int ofCall, int frame, long nowNs) {
        if (isShort) {
            put(audio, 0, SHORT_MAGIC, 1);
            put(audio, 1, ofCall, 2);
            put(audio, 3, frame, 3);
        } else {
            put(audio, 0, LONG_MAGIC, 2);
            put(audio, 2, ofCall, 4);
            put(audio, 6, frame, 4);
            put(audio, 10, nowNs, 8);
        }
    }

    /** Reads the tag of audio in base64; false when there is none. */
    boolean read(byte[] text, int from, int end) {
        int tagBytes = isShort ? SHORT_BYTES : LONG_BYTES;
        if (end - from < tagBytes / 3 * 4 || !decode(text, from, tagBytes)) {
            return false;
        }
        if (isShort) {
            call = (int) number(1, 2);
            number = (int) number(3, 3);
            return number(0, 1) == SHORT_MAGIC;
        }
        call = (int) number(2, 4);
        number = (int) number(6, 4);
        sentNs = number(10, 8);
        return number(0, 2) == LONG_MAGIC;
    }

    int call() {
        return call;
    }

    /** Of the frame within its call; {@code near} is one close by, as the short form wraps around. */
    int number(int near) {
        if (!isShort) {
            return number;
        }
        int base = near - Math.floorMod(near, SHORT_NUMBERS) + number;
        if (base - near > SHORT_NUMBERS / 2) {
            return base - SHORT_NUMBERS;
        }
        return near - base > SHORT_NUMBERS / 2 ? base + SHORT_NUMBERS : base;
    }

    long sentNs() {
        return sentNs;
    }

    private boolean decode(byte[] text, int from, int tagBytes) {
        int at = from;
        for (int i = 0; i < tagBytes; i += 3) {
            int group =
                    value(text[at]) << 18 | value(text[at + 1]) << 12 | value(text[at + 2]) << 6 | value(text[at + 3]);
            if (group < 0) {
                return false;
            }
            bytes[i] = (byte) (group >> 16);
            bytes[i + 1] = (byte) (group >> 8);
            bytes[i + 2] = (byte) group;
            at += 4;
        }
        return true;
    }

    /** Negative for what is no base64, and so is any group that it is part of. */
    private static int value(byte character) {
        return character < 0 ? -1 : VALUE_OF[character];
    }

    private long number(int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    private static void put(byte[] audio, int from, long value, int count) {
        for (int i = 0; i < count; i++) {
            audio[from + i] = (byte) (value >>> (8 * (count - 1 - i)));
        }
    }
}
