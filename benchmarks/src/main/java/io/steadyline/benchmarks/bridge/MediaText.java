package io.steadyline.benchmarks.bridge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Twilio's messages as bytes: found by looking for fields, written around the payload. Pure. */
final class MediaText {

    private static final byte[] PAYLOAD = ascii("\"payload\":\"");
    private static final byte[] STREAM_SID = ascii("\"streamSid\":\"");
    private static final byte[] NONE = new byte[0];
    private static final byte[] END = ascii("\"}}");

    private MediaText() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The audio; empty when the message has none. */
    static byte[] audio(byte[] message, int length) {
        byte[] text = value(message, length, PAYLOAD);
        return text.length == 0 ? text : Base64.getDecoder().decode(text);
    }

    /** Empty when the message has none. */
    static byte[] streamSid(byte[] message, int length) {
        return value(message, length, STREAM_SID);
    }

    /** What a call's messages to the peer begin with. */
    static byte[] head(byte[] streamSid) {
        String sid = new String(streamSid, StandardCharsets.US_ASCII);
        return ascii("{\"event\":\"media\",\"streamSid\":\"" + sid + "\",\"media\":{\"payload\":\"");
    }

    static byte[] media(byte[] head, byte[] audio) {
        byte[] payload = Base64.getEncoder().encode(audio);
        byte[] message = Arrays.copyOf(head, head.length + payload.length + END.length);
        System.arraycopy(payload, 0, message, head.length, payload.length);
        System.arraycopy(END, 0, message, head.length + payload.length, END.length);
        return message;
    }

    private static byte[] value(byte[] message, int length, byte[] field) {
        for (int at = 0; at + field.length <= length; at++) {
            if (message[at] == '"' && Arrays.equals(message, at, at + field.length, field, 0, field.length)) {
                int from = at + field.length;
                int to = from;
                while (to < length && message[to] != '"') {
                    to++;
                }
                return Arrays.copyOfRange(message, from, to);
            }
        }
        return NONE;
    }
}
