package io.steadyline.simulator.load;

import io.steadyline.simulator.ws.Opcode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Builds one client frame (RFC 6455 §5.2) in a direct buffer that is used again for the next. Masks eight bytes at a time. One owner.
 */
final class MaskedFrame {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final int ROOM_BYTES = 4_096;
    private static final int MASKED = 0x80;
    private static final int LONG_LENGTH = 126;

    private final byte[] masked = new byte[ROOM_BYTES];
    private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM_BYTES + 16);

    /** A key for the first frame; each further one has another. */
    private long random;

    MaskedFrame(long seed) {
        random = seed;
    }

    /** Whether this is for frames of that size. */
    static boolean fits(int length) {
        return length <= ROOM_BYTES - Long.BYTES;
    }

    /** Ready to be written; valid until the next call. */
    ByteBuffer of(int opcode, byte[] payload, int length) {
        if (!fits(length)) {
            throw new IllegalArgumentException(
                    "length: " + length + " (expected: " + (ROOM_BYTES - Long.BYTES) + " at most)");
        }
        int key = nextKey();
        out.clear();
        out.put((byte) (0x80 | opcode));
        if (length < LONG_LENGTH) {
            out.put((byte) (MASKED | length));
        } else {
            out.put((byte) (MASKED | LONG_LENGTH)).putShort((short) length);
        }
        out.putInt(key);
        mask(payload, length, key);
        return out.put(masked, 0, length).flip();
    }

    /** The same for a message. */
    ByteBuffer text(byte[] message, int length) {
        return of(Opcode.TEXT, message, length);
    }

    private void mask(byte[] payload, int length, int key) {
        long doubled = (long) key << 32 | (key & 0xFFFF_FFFFL);
        System.arraycopy(payload, 0, masked, 0, length);
        for (int i = 0; i < length; i += Long.BYTES) {
            LONGS.set(masked, i, (long) LONGS.get(masked, i) ^ doubled);
        }
    }

    /** The key guards proxies against hostile scripts in browsers, and there are none here: xorshift is good enough. */
    private int nextKey() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) (random >>> 16);
    }
}
