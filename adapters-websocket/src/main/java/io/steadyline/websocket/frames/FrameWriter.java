package io.steadyline.websocket.frames;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the server's frames: whole messages, never masked (RFC 6455 section 5.1). Pure; any thread. */
public final class FrameWriter {

    /** Of a close, a ping or a pong, with its header. */
    public static final int MAX_CONTROL_FRAME_BYTES = 127;

    private static final int MAX_SHORT_BYTES = 125;
    private static final int MAX_MEDIUM_BYTES = 65_535;
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private FrameWriter() {}

    /** Most bytes of a frame with a payload of at most so many. */
    public static int maxFrameBytes(int maxPayloadBytes) {
        return Math.addExact(headerBytes(maxPayloadBytes), maxPayloadBytes);
    }

    /**
     * Begins a message: the payload is put into {@code out} from its position on.
     *
     * @param out has room for {@link #maxFrameBytes}
     * @param maxPayloadBytes at most so much will be put; decides how much room is left for the header
     */
    public static void begin(ByteBuffer out, int maxPayloadBytes) {
        out.clear();
        out.position(headerBytes(maxPayloadBytes));
    }

    /** Ends it: {@code out} is ready to be written, from 0 to its limit. */
    public static void end(ByteBuffer out, int maxPayloadBytes, boolean isText) {
        int guessedHeader = headerBytes(maxPayloadBytes);
        int payloadBytes = out.position() - guessedHeader;
        int headerBytes = headerBytes(payloadBytes);
        out.clear();
        if (headerBytes != guessedHeader) {
            out.put(headerBytes, out, guessedHeader, payloadBytes);
        }
        finish(out, isText ? TEXT : BINARY, payloadBytes);
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
        switch (headerBytes(payloadBytes)) {
            case 2 -> out.put(1, (byte) payloadBytes);
            case 4 -> out.put(1, (byte) 126).putShort(2, (short) payloadBytes);
            default -> out.put(1, (byte) 127).putLong(2, payloadBytes);
        }
        out.limit(headerBytes(payloadBytes) + payloadBytes);
        out.position(0);
    }

    /** With the shortest form of the length (RFC 6455 section 5.2). */
    private static int headerBytes(int payloadBytes) {
        if (payloadBytes <= MAX_SHORT_BYTES) {
            return 2;
        }
        return payloadBytes <= MAX_MEDIUM_BYTES ? 4 : 10;
    }
}
