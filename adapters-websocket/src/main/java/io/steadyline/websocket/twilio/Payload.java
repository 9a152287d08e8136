package io.steadyline.websocket.twilio;

import io.steadyline.signal.BadInput;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonObject;
import io.steadyline.websocket.dialect.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Audio out of base64: the standard alphabet; the padding may be left out, line breaks may not be in it. */
final class Payload {

    private static final byte[] EMPTY = {};

    private Payload() {}

    /** The audio, or nothing when there is none, when it is no base64, or when it is too much. */
    static byte[] decodeOrEmpty(byte[] base64, int from, int to, DialectLimits limits) {
        if (to - from > limits.stringChars()) {
            return EMPTY;
        }
        try {
            byte[] payload = decode(ByteBuffer.wrap(base64, from, to - from));
            return payload.length <= limits.payloadBytes() ? payload : EMPTY;
        } catch (IllegalArgumentException noBase64) {
            return EMPTY;
        }
    }

    /** The audio of a media object, or why there is none. The text itself is the caller's voice: never shown. */
    static byte[] read(JsonObject media, DialectLimits limits) throws Refused {
        String base64 = media.text("payload");
        byte[] payload;
        try {
            payload = decode(ByteBuffer.wrap(base64.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            throw media.refuse(
                    BadInput.BAD_PAYLOAD, "payload", base64.length() + " characters, " + e.getMessage(), "base64");
        }
        if (payload.length == 0) {
            throw media.refuse(BadInput.BAD_PAYLOAD, "payload", "empty", "at least one byte of audio");
        }
        if (payload.length > limits.payloadBytes()) {
            throw media.refuse(
                    BadInput.TOO_LARGE,
                    "payload",
                    payload.length + " bytes",
                    "at most " + limits.payloadBytes() + " bytes");
        }
        return payload;
    }

    private static byte[] decode(ByteBuffer base64) {
        ByteBuffer decoded = Base64.getDecoder().decode(base64);
        byte[] bytes = decoded.array();
        int from = decoded.arrayOffset();
        boolean exact = from == 0 && decoded.remaining() == bytes.length;
        return exact ? bytes : Arrays.copyOfRange(bytes, from, from + decoded.remaining());
    }
}
