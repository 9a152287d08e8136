package io.steadyline.simulator.ws;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** Builds masked client frames in one buffer that is used again for the next frame. */
public final class FrameWriter {

    private static final int MAX_HEADER_BYTES = 14;
    private static final int MASKED = 0x80;

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
        ByteBuffer out = head(firstByte, MASKED, length);
        out.putInt(maskKey);
        int start = out.position();
        for (int i = 0; i < length; i++) {
            frame[start + i] = (byte) (payload[i] ^ (maskKey >>> (24 - 8 * (i & 3))));
        }
        return out.position(start + length).flip();
    }

    /** What a client must not send, for those who test servers. */
    public ByteBuffer unmaskedFrame(int firstByte, byte[] payload, int length) {
        return head(firstByte, 0, length).put(payload, 0, length).flip();
    }

    private ByteBuffer head(int firstByte, int maskBit, int length) {
        if (frame.length < MAX_HEADER_BYTES + length) {
            frame = new byte[MAX_HEADER_BYTES + length];
        }
        ByteBuffer out = ByteBuffer.wrap(frame);
        out.put((byte) firstByte);
        if (length < 126) {
            out.put((byte) (maskBit | length));
        } else if (length <= 0xFFFF) {
            out.put((byte) (maskBit | 126)).putShort((short) length);
        } else {
            out.put((byte) (maskBit | 127)).putLong(length);
        }
        return out;
    }
}
