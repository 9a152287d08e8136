package io.steadyline.stt.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One frame of RFC 6455 as a server reads and writes it; strict about what a client owes. */
@SuppressWarnings("ArrayRecordComponent") // Identity is never asked for.
record PeerFrame(boolean last, int opcode, byte[] payload) {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int MAX_PAYLOAD_BYTES = 16 << 20;
    private static final int MAX_CONTROL_BYTES = 125;

    /** What a client must not do; the connection is closed with this code. */
    static final class Violation extends IOException {
        private static final long serialVersionUID = 1;
        private final int code;
        private final String reason;

        Violation(int code, String message) {
            super(message);
            this.code = code;
            this.reason = message;
        }

        int code() {
            return code;
        }

        String reason() {
            return reason;
        }
    }

    boolean isControl() {
        return opcode >= CLOSE;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Of a close frame; 1005 without one. */
    int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    static PeerFrame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        boolean last = (first & 0x80) != 0;
        int opcode = first & 0x0F;
        if ((first & 0x70) != 0) {
            throw new Violation(1002, "reserved bits: " + ((first >> 4) & 7) + " (expected: 0, no extension)");
        }
        if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            throw new Violation(1002, "opcode: " + opcode + " (expected: one of RFC 6455)");
        }
        if ((second & 0x80) == 0) {
            throw new Violation(1002, "frame: not masked (expected: masked, it is from a client)");
        }
        long length = second & 0x7F;
        if (opcode >= CLOSE && (!last || length > MAX_CONTROL_BYTES)) {
            throw new Violation(1002, "control frame: in parts or too long (expected: one, up to 125 bytes)");
        }
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new Violation(1009, "payloadBytes: " + length + " (expected: up to " + MAX_PAYLOAD_BYTES + ")");
        }
        byte[] mask = new byte[4];
        in.readFully(mask);
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new PeerFrame(last, opcode, payload);
    }

    static PeerFrame text(String text) {
        return new PeerFrame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static PeerFrame close(int code, String reason) {
        if (code == 1005) {
            return new PeerFrame(true, CLOSE, new byte[0]);
        }
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(2 + words.length);
        payload.putShort((short) code).put(words);
        return new PeerFrame(true, CLOSE, payload.array());
    }

    /** As a server writes it: not masked. */
    byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** The same message in so many frames, or fewer if it is short. */
    PeerFrame[] fragments(int count) {
        int pieces = Math.max(1, Math.min(count, payload.length));
        PeerFrame[] parts = new PeerFrame[pieces];
        for (int i = 0; i < pieces; i++) {
            int from = payload.length * i / pieces;
            byte[] part = new byte[payload.length * (i + 1) / pieces - from];
            System.arraycopy(payload, from, part, 0, part.length);
            parts[i] = new PeerFrame(i == pieces - 1, i == 0 ? opcode : CONTINUATION, part);
        }
        return parts;
    }
}
