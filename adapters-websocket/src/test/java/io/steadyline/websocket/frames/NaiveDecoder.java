package io.steadyline.websocket.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** RFC 6455 read from one array, frame after frame, with no thought of speed: what {@link FrameReader} is compared with. */
final class NaiveDecoder {

    private final ByteBuffer in;
    private final int maxMessageBytes;
    private final List<String> seen = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int openOpcode;
    private int closeCode;

    NaiveDecoder(byte[] bytes, int maxMessageBytes) {
        this.in = ByteBuffer.wrap(bytes);
        this.maxMessageBytes = maxMessageBytes;
    }

    NaiveDecoder decode() {
        while (closeCode == 0 && frame()) {
            in.mark();
        }
        return this;
    }

    List<String> seen() {
        return seen;
    }

    int closeCode() {
        return closeCode;
    }

    /** False at the end of what is there, or at a violation. */
    private boolean frame() {
        if (in.remaining() < 2) {
            return false;
        }
        int first = in.get() & 0xff;
        int second = in.get() & 0xff;
        int opcode = first & 15;
        boolean isFinal = first >= 128;
        boolean isControl = opcode >= 8;
        int code = second & 127;
        boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
        boolean wrongPlace = opcode == 0 ? openOpcode == 0 : !isControl && openOpcode != 0;
        if ((first & 0x70) != 0 || second < 128 || !known || wrongPlace || (isControl && (!isFinal || code > 125))) {
            return fail(1002);
        }
        int extra = code == 127 ? 8 : code == 126 ? 2 : 0;
        if (in.remaining() < extra + 4) {
            return false;
        }
        long length = code == 127 ? in.getLong() : code == 126 ? in.getShort() & 0xffff : code;
        if ((code == 126 && length < 126) || (code == 127 && length >= 0 && length < 65_536) || length < 0) {
            return fail(1002);
        }
        if (!isControl && length > maxMessageBytes - (opcode == 0 ? message.size() : 0)) {
            return fail(1009);
        }
        byte[] key = new byte[4];
        in.get(key);
        if (in.remaining() < length) {
            return false;
        }
        byte[] payload = new byte[(int) length];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
        return isControl ? control(opcode, payload) : data(opcode, isFinal, payload);
    }

    private boolean control(int opcode, byte[] payload) {
        if (opcode != 8) {
            seen.add((opcode == 9 ? "PING " : "PONG ") + Wire.shown(payload));
            return true;
        }
        int code = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        boolean sendable =
                (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
        if (payload.length == 1 || (payload.length > 1 && !sendable)) {
            return fail(1002);
        }
        if (payload.length > 2 && !isUtf8(Arrays.copyOfRange(payload, 2, payload.length))) {
            return fail(1007);
        }
        seen.add("CLOSE " + code + " " + Wire.shown(payload));
        return true;
    }

    private boolean data(int opcode, boolean isFinal, byte[] payload) {
        message.writeBytes(payload);
        int begun = opcode == 0 ? openOpcode : opcode;
        openOpcode = isFinal ? 0 : begun;
        if (isFinal) {
            byte[] whole = message.toByteArray();
            message.reset();
            if (begun == 1 && !isUtf8(whole)) {
                return fail(1007);
            }
            seen.add((begun == 1 ? "TEXT " : "BINARY ") + Wire.shown(whole));
        }
        return true;
    }

    private boolean fail(int code) {
        closeCode = code;
        return false;
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
