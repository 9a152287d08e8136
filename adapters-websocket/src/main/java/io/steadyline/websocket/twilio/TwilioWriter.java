package io.steadyline.websocket.twilio;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.PeerControl;
import io.steadyline.websocket.dialect.DialectLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The three messages that Twilio takes, with the stream's id baked in once: a frame costs its base64 and three copies, and
 * no garbage. Owned by its codec.
 */
final class TwilioWriter {

    private static final Base64.Encoder BASE64 = Base64.getEncoder();
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = ascii("\"}}");
    /** One UTF-16 unit as {@code \}{@code uXXXX}. */
    private static final int MAX_ESCAPED_BYTES = 6;

    private final DialectLimits limits;
    private final byte[] mediaBegin;
    private final byte[] markBegin;
    private final byte[] clear;
    private byte[] base64 = {};

    /** @param streamSid checked: nothing in it needs escaping */
    TwilioWriter(String streamSid, DialectLimits limits) {
        String stream = "\",\"streamSid\":\"" + streamSid + "\"";
        this.limits = limits;
        this.mediaBegin = ascii("{\"event\":\"media" + stream + ",\"media\":{\"payload\":\"");
        this.markBegin = ascii("{\"event\":\"mark" + stream + ",\"mark\":{\"name\":\"");
        this.clear = ascii("{\"event\":\"clear" + stream + "}");
    }

    int maxBytes(MediaItem item) {
        return switch (item) {
            case AudioFrame frame -> mediaBegin.length + base64Bytes(frame) + END.length;
            case PeerControl.SendMark(String name) ->
                markBegin.length + MAX_ESCAPED_BYTES * checked(name).length() + END.length;
            case PeerControl.SendClear _ -> clear.length;
            default -> throw notForPeers(item);
        };
    }

    void write(MediaItem item, ByteBuffer out) {
        int needed = maxBytes(item);
        if (out.remaining() < needed) {
            throw new IllegalArgumentException(
                    "out.remaining: " + out.remaining() + " bytes (expected: at least " + needed + ")");
        }
        switch (item) {
            case AudioFrame frame -> writeAudio(frame, out);
            case PeerControl.SendMark(String name) -> {
                out.put(markBegin);
                writeEscaped(name, out);
                out.put(END);
            }
            case PeerControl.SendClear _ -> out.put(clear);
            default -> throw notForPeers(item);
        }
    }

    private void writeAudio(AudioFrame frame, ByteBuffer out) {
        int length = base64Bytes(frame);
        if (base64.length < length) {
            base64 = new byte[length];
        }
        // The JDK's encoder is vectorised but writes to arrays only; the copy out of the array is the cheaper part.
        BASE64.encode(frame.payload(), base64);
        out.put(mediaBegin);
        out.put(base64, 0, length);
        out.put(END);
    }

    /** ASCII only: what is not printable, and everything beyond, as an escape. */
    private static void writeEscaped(String text, ByteBuffer out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.put((byte) '\\').put((byte) c);
            } else if (c >= ' ' && c < 0x7f) {
                out.put((byte) c);
            } else {
                out.put((byte) '\\').put((byte) 'u');
                out.put(HEX[c >> 12]).put(HEX[(c >> 8) & 15]);
                out.put(HEX[(c >> 4) & 15]).put(HEX[c & 15]);
            }
        }
    }

    private static int base64Bytes(AudioFrame frame) {
        return (frame.payloadBytes() + 2) / 3 * 4;
    }

    /** A longer one would be refused when it comes back, and its mark never settled. */
    private String checked(String markName) {
        if (markName.length() > limits.markNameChars()) {
            throw new IllegalArgumentException("wireName: " + markName.length() + " characters (expected: at most "
                    + limits.markNameChars() + ")");
        }
        return markName;
    }

    private static IllegalArgumentException notForPeers(MediaItem item) {
        return new IllegalArgumentException("item: " + item + " (expected: an AudioFrame or a PeerControl)");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
