package io.steadyline.websocket.frames;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the peer's messages in a ring of bytes that are addressed by their offset in the stream. A frame is taken whole or
 * not at all, so that {@link #offset} is always a frame's beginning; only what does not fit into the ring, and the parts
 * of a message in several frames, are put together outside, and {@link #isPartlyElsewhere} says so.
 *
 * <p>The ring is only read, never changed: what is in it still means the same to whoever reads it after us. One owner.
 */
public final class FrameReader {

    /** What {@link #next} has found. */
    public enum Found {
        /** No whole frame yet. */
        NOTHING,
        /** A frame was taken that completes no message. */
        PART,
        TEXT,
        BINARY,
        PING,
        PONG,
        CLOSE
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int MASK_BYTES = 4;
    /** A control frame with its header always fits: only parts of messages are put together outside. */
    private static final int MIN_RING_BYTES = 256;

    private final ByteBuffer ring;
    private final int ringMask;
    private final int maxMessageBytes;
    private final byte[] scratch;

    private long offset;
    private int length;
    private byte[] message;
    private byte[] assembled = new byte[0];
    private int assembledBytes;
    /** Opcode of the message of which parts have come; 0: none. */
    private int openMessage;
    /** Payload that is still to come of a frame that is larger than the ring. */
    private int restBytes;

    private int restMask;
    private boolean restIsFinal;

    /**
     * @param ring its capacity is a power of two, 256 or more
     * @param offset of the stream at which the first frame begins
     * @param scratch holds a message in one frame until {@link #next} is called again; may be shared by all connections of
     *     a thread; at least as long as the ring
     * @param maxMessageBytes all parts together
     */
    public FrameReader(ByteBuffer ring, long offset, byte[] scratch, int maxMessageBytes) {
        boolean isUsable = Integer.bitCount(ring.capacity()) == 1 && ring.capacity() >= MIN_RING_BYTES;
        if (!isUsable || scratch.length < ring.capacity()) {
            throw new IllegalArgumentException("ring: " + ring.capacity() + " bytes, scratch: " + scratch.length
                    + " (expected: a power of two from " + MIN_RING_BYTES + " on, and at least as much)");
        }
        this.ring = ring;
        this.ringMask = ring.capacity() - 1;
        this.offset = offset;
        this.scratch = scratch;
        this.message = scratch;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Up to here frames were taken. */
    public long offset() {
        return offset;
    }

    /** A part of a message was taken and is not in the ring any more. */
    public boolean isPartlyElsewhere() {
        return openMessage != 0 || restBytes > 0;
    }

    /** Payload of what was found last; valid until {@link #next} is called again. */
    public byte[] message() {
        return message;
    }

    public int length() {
        return length;
    }

    /** Code of the close frame that was found last. */
    public int closeCode() {
        return length < 2 ? CloseCode.NONE : (message[0] & 0xff) << 8 | (message[1] & 0xff);
    }

    /**
     * Takes the next frame.
     *
     * @param end offset behind the last byte that the ring holds
     * @throws ProtocolViolation nothing may be read after it
     */
    public Found next(long end) throws ProtocolViolation {
        if (restBytes > 0) {
            return takeRest(end);
        }
        long available = end - offset;
        if (available < 2) {
            return Found.NOTHING;
        }
        int first = at(offset);
        int second = at(offset + 1);
        int opcode = first & 0x0f;
        boolean isFinal = (first & 0x80) != 0;
        int code = second & 0x7f;
        check(first, second, opcode, isFinal, code);
        int headerBytes = 2 + (code == 127 ? 8 : code == 126 ? 2 : 0) + MASK_BYTES;
        if (available < headerBytes) {
            return Found.NOTHING;
        }
        int payloadBytes = payloadBytes(code, opcode);
        int mask = maskAt(offset + headerBytes - MASK_BYTES);
        if (headerBytes + payloadBytes > ring.capacity()) {
            begin(opcode);
            offset += headerBytes;
            restBytes = payloadBytes;
            restMask = mask;
            restIsFinal = isFinal;
            return takeRest(end);
        }
        if (available < headerBytes + payloadBytes) {
            return Found.NOTHING;
        }
        long payloadAt = offset + headerBytes;
        if (opcode >= CLOSE || (isFinal && openMessage == 0)) {
            copyOut(payloadAt, payloadBytes, mask);
            return opcode >= CLOSE ? control(opcode) : whole(opcode);
        }
        begin(opcode);
        append(payloadAt, payloadBytes, mask);
        offset = payloadAt + payloadBytes;
        return isFinal ? complete() : Found.PART;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is this array, not what is in it
    private void copyOut(long payloadAt, int payloadBytes, int mask) {
        if (message != scratch) {
            // Stored only when it changes: the collector has to note each store of a reference in an old object.
            message = scratch;
        }
        unmask(payloadAt, payloadBytes, mask, scratch, 0);
        length = payloadBytes;
        offset = payloadAt + payloadBytes;
    }

    private void check(int first, int second, int opcode, boolean isFinal, int code) throws ProtocolViolation {
        if ((first & 0x70) != 0) {
            throw violation(
                    "reserved bits: " + Integer.toHexString(first) + " (expected: none, no extension is in use)");
        }
        if ((second & 0x80) == 0) {
            throw violation("a frame without a mask (expected: clients mask, RFC 6455 section 5.1)");
        }
        switch (opcode) {
            case CONTINUATION -> {
                if (openMessage == 0) {
                    throw violation("a continuation (expected: text or binary first)");
                }
            }
            case TEXT, BINARY -> {
                if (openMessage != 0) {
                    throw violation("opcode " + opcode + " (expected: a continuation of the message before)");
                }
            }
            case CLOSE, PING, PONG -> {
                if (!isFinal || code > MAX_CONTROL_BYTES) {
                    throw violation("a control frame in parts or of " + code + " bytes (expected: one, at most 125)");
                }
            }
            default -> throw violation("opcode " + opcode + " (expected: 0, 1, 2, 8, 9 or 10)");
        }
    }

    /** Checks the length before a byte of the payload is awaited: what is too long is not read at all. */
    private int payloadBytes(int code, int opcode) throws ProtocolViolation {
        long bytes = code;
        if (code == 126) {
            bytes = (long) at(offset + 2) << 8 | at(offset + 3);
        } else if (code == 127) {
            bytes = 0;
            for (int i = 2; i < 10; i++) {
                bytes = bytes << 8 | at(offset + i);
            }
        }
        boolean shortest = code < 126 || (code == 126 ? bytes > 125 : bytes > 0xffff || bytes < 0);
        if (!shortest || bytes < 0) {
            throw violation("length " + bytes + " in a longer form than needed (RFC 6455 section 5.2)");
        }
        int before = opcode == CONTINUATION ? assembledBytes : 0;
        // Never as a sum, which the peer could make overflow.
        if (opcode < CLOSE && bytes > maxMessageBytes - before) {
            throw new ProtocolViolation(
                    CloseCode.TOO_BIG,
                    "message: " + before + " and " + bytes + " bytes (expected: at most " + maxMessageBytes + ")");
        }
        return (int) bytes;
    }

    private Found control(int opcode) throws ProtocolViolation {
        return switch (opcode) {
            case PING -> Found.PING;
            case PONG -> Found.PONG;
            default -> {
                if (length == 1 || (length >= 2 && !CloseCode.isSendable(closeCode()))) {
                    throw violation("close code: " + closeCode() + " (expected: one that may be sent)");
                }
                if (length > 2 && !Utf8.isValid(message, 2, length - 2)) {
                    throw new ProtocolViolation(CloseCode.INVALID_DATA, "close reason (expected: UTF-8)");
                }
                yield Found.CLOSE;
            }
        };
    }

    private Found whole(int opcode) throws ProtocolViolation {
        if (opcode == BINARY) {
            return Found.BINARY;
        }
        if (!Utf8.isValid(message, 0, length)) {
            throw new ProtocolViolation(CloseCode.INVALID_DATA, "text message (expected: UTF-8)");
        }
        return Found.TEXT;
    }

    private void begin(int opcode) {
        if (opcode != CONTINUATION) {
            openMessage = opcode;
            assembledBytes = 0;
        }
    }

    private Found takeRest(long end) throws ProtocolViolation {
        int take = (int) Math.min(restBytes, end - offset);
        if (take == 0) {
            return Found.NOTHING;
        }
        append(offset, take, restMask);
        offset += take;
        restBytes -= take;
        // The mask goes round: the next byte meets the part of it that follows the last one.
        restMask = Integer.rotateRight(restMask, take % MASK_BYTES * 8);
        return restBytes > 0 || !restIsFinal ? Found.PART : complete();
    }

    private void append(long from, int bytes, int mask) {
        int needed = assembledBytes + bytes;
        if (assembled.length < needed) {
            int roomier = Math.min(maxMessageBytes, Math.max(needed, 2 * assembled.length));
            byte[] longer = new byte[Math.max(needed, roomier)];
            System.arraycopy(assembled, 0, longer, 0, assembledBytes);
            assembled = longer;
        }
        unmask(from, bytes, mask, assembled, assembledBytes);
        assembledBytes = needed;
    }

    private Found complete() throws ProtocolViolation {
        int opcode = openMessage;
        openMessage = 0;
        message = assembled;
        length = assembledBytes;
        // Rare, so the memory is given back: the message keeps it until the next one is asked for.
        assembled = new byte[0];
        assembledBytes = 0;
        return whole(opcode);
    }

    private int at(long streamOffset) {
        return ring.get((int) streamOffset & ringMask) & 0xff;
    }

    /** The four bytes of the mask, the first one lowest. */
    private int maskAt(long streamOffset) {
        return at(streamOffset) | at(streamOffset + 1) << 8 | at(streamOffset + 2) << 16 | at(streamOffset + 3) << 24;
    }

    private void unmask(long from, int bytes, int mask, byte[] to, int toIndex) {
        int index = (int) from & ringMask;
        int untilWrap = Math.min(bytes, ring.capacity() - index);
        ring.get(index, to, toIndex, untilWrap);
        ring.get(0, to, toIndex + untilWrap, bytes - untilWrap);
        long longMask = (mask & 0xffff_ffffL) | ((long) mask << 32);
        int at = toIndex;
        int end = toIndex + bytes;
        for (; end - at >= 8; at += 8) {
            LONG.set(to, at, (long) LONG.get(to, at) ^ longMask);
        }
        for (int shift = 0; at < end; at++, shift += 8) {
            to[at] ^= (byte) (longMask >>> shift);
        }
    }

    private static ProtocolViolation violation(String message) {
        return new ProtocolViolation(CloseCode.PROTOCOL_ERROR, message);
    }
}
