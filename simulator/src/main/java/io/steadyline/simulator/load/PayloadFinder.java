package io.steadyline.simulator.load;

import java.nio.charset.StandardCharsets;

/** Where the audio of a media message begins. Looks first where it was the last time. One owner. */
final class PayloadFinder {

    static final int NONE = -1;

    private static final byte[] FIELD = "\"payload\":\"".getBytes(StandardCharsets.US_ASCII);

    private int lastOffset;

    /** Of the first character of the base64 text, or {@link #NONE} when the message has no audio. */
    int find(byte[] message, int from, int end) {
        if (isAt(message, from + lastOffset, end)) {
            return from + lastOffset + FIELD.length;
        }
        for (int at = from; at <= end - FIELD.length; at++) {
            if (isAt(message, at, end)) {
                lastOffset = at - from;
                return at + FIELD.length;
            }
        }
        return NONE;
    }

    private static boolean isAt(byte[] message, int at, int end) {
        if (at + FIELD.length > end) {
            return false;
        }
        for (int i = 0; i < FIELD.length; i++) {
            if (message[at + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
