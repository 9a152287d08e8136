package io.steadyline.simulator.ws;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Builds masked client frames in one buffer that is used again for the next frame. */
public final class FrameWriter {

    private static final int MAX_HEADER_BYTES = 14;

    private byte[] frame = new byte[1024];

    /** The frame, ready to be written; valid until the next call. */
    public ByteBuffer frame(int opcode, byte[] payload, int length) {
        return frame(0x80 | opcode, payload, length, ThreadLocalRandom.current().nextInt());
    }

    /**
     * The same with the whole first byte and the masking key given. A plain random key is enough here: it guards
     * proxies against hostile scripts in browsers, and this client has none.
     */
    public ByteBuffer frame(int firstByte, byte[] payload, int length, int maskKey) {
        if (frame.length < MAX_HEADER_BYTES + length) {
            frame = Arrays.copyOf(frame, MAX_HEADER_BYTES + length);
        }
        ByteBuffer out = ByteBuffer.wrap(frame);
        out.put((byte) firstByte);
        if (length < 126) {
            out.put((byte) (0x80 | length));
        } else if (length <= 0xFFFF) {
            out.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(length);
        }
        out.putInt(maskKey);
        int start = out.position();
        for (int i = 0; i < length; i++) {
            frame[start + i] = (byte) (payload[i] ^ maskKey >>> (24 - 8 * (i & 3)));
        }
        return out.position(start + length).flip();
    }
}
