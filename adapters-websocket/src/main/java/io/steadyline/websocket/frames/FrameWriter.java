package io.steadyline.websocket.frames;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the server's frames: whole messages, never masked (RFC 6455 section 5.1). Pure; any thread. */
public final class FrameWriter {

    /** Most bytes that a frame is longer than its payload, for payloads up to 65,535 bytes. */
    public static final int MAX_HEADER_BYTES = 4;

    /** Of a close, a ping or a pong, with its header. */
    public static final int MAX_CONTROL_FRAME_BYTES = 127;

    private static final int MAX_SHORT_BYTES = 125;
    private static final int MAX_PAYLOAD_BYTES = 65_535;
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private FrameWriter() {}

    /**
     * Begins a text message: the payload is put into {@code out} from its position on.
     *
     * @param maxPayloadBytes at most so much will be put; decides how much room is left for the header
     */
    public static void beginText(ByteBuffer out, int maxPayloadBytes) {
        out.clear();
        out.position(headerBytes(maxPayloadBytes));
    }

    /** Ends it: {@code out} is ready to be written, from 0 to its limit. */
    public static void endText(ByteBuffer out, int maxPayloadBytes) {
        int guessedHeader = headerBytes(maxPayloadBytes);
        int payloadBytes = out.position() - guessedHeader;
        int headerBytes = headerBytes(payloadBytes);
        out.clear();
        if (headerBytes != guessedHeader) {
            out.put(headerBytes, out, guessedHeader, payloadBytes);
        }
        finish(out, TEXT, payloadBytes);
    }

    /** The answer to a ping: the same payload, at most 125 bytes. */
    public static void pong(ByteBuffer out, byte[] payload, int length) {
        out.clear();
        out.put(headerBytes(length), payload, 0, length);
        finish(out, PONG, length);
    }

    /** @param reason is cut at 123 bytes, between characters */
    public static void close(ByteBuffer out, int code, String reason) {
        out.clear();
        if (code == CloseCode.NONE) {
            finish(out, CLOSE, 0);
            return;
        }
        byte[] utf8 = cut(reason.getBytes(StandardCharsets.UTF_8));
        out.putShort(2, (short) code);
        out.put(4, utf8);
        finish(out, CLOSE, 2 + utf8.length);
    }

    private static byte[] cut(byte[] utf8) {
        int end = Math.min(utf8.length, MAX_SHORT_BYTES - 2);
        while (end < utf8.length && end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end == utf8.length ? utf8 : Arrays.copyOf(utf8, end);
    }

    private static void finish(ByteBuffer out, int opcode, int payloadBytes) {
        out.put(0, (byte) (FINAL | opcode));
        if (payloadBytes <= MAX_SHORT_BYTES) {
            out.put(1, (byte) payloadBytes);
        } else {
            out.put(1, (byte) 126);
            out.putShort(2, (short) payloadBytes);
        }
        out.limit(headerBytes(payloadBytes) + payloadBytes);
        out.position(0);
    }

    private static int headerBytes(int payloadBytes) {
        if (payloadBytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload: " + payloadBytes + " bytes (expected: at most " + MAX_PAYLOAD_BYTES + ")");
        }
        return payloadBytes <= MAX_SHORT_BYTES ? 2 : MAX_HEADER_BYTES;
    }
}
