package io.steadyline.journal.calls;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a segment is made up: a header, then records with a frame around each, then zeros. The frame has a mark to find it by,
 * its length, its number in the segment, and a checksum of all that.
 */
final class Frames {

    /** A carried call with its last transcripts; everything else is far below. */
    static final int MAX_PAYLOAD_BYTES = 128 * 1024;

    static final int HEADER_BYTES = 24;
    static final int FRAME_BYTES = 20;
    /** The file grows by so many zeros at a time, so that a full disk is met before a record is begun. */
    static final int CHUNK_BYTES = 64 * 1024;

    static final int MARK = 0x534c_4a52; // "SLJR"

    private static final long MAGIC = 0x5354_444c_4a4e_4c31L; // "STDLJNL1"
    private static final int VERSION = 1;

    private Frames() {}

    static ByteBuffer header(int number) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, number).putInt(16, CHUNK_BYTES);
        return header.putInt(20, headerChecksum(header));
    }

    /** What is wrong with the header; empty when nothing is. */
    static String complaint(ByteBuffer segment) {
        if (segment.capacity() < HEADER_BYTES) {
            return "has only " + segment.capacity() + " bytes";
        }
        if (segment.getLong(0) != MAGIC || segment.getInt(20) != headerChecksum(segment)) {
            return "has a damaged header";
        }
        int version = segment.getInt(8);
        return version == VERSION ? "" : "has version " + version + " (expected " + VERSION + ")";
    }

    static ByteBuffer frame(long ordinal, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + payload.length);
        frame.putInt(0, MARK).putInt(4, payload.length).putLong(8, ordinal).put(FRAME_BYTES, payload);
        return frame.putInt(16, checksum(frame, 0, payload.length));
    }

    /** Length of the payload of the whole frame there, -1 when there is none. */
    static int lengthAt(ByteBuffer segment, int at) {
        if (at + FRAME_BYTES > segment.capacity() || segment.getInt(at) != MARK) {
            return -1;
        }
        int length = segment.getInt(at + 4);
        boolean fits = length > 0 && length <= MAX_PAYLOAD_BYTES && at + FRAME_BYTES + length <= segment.capacity();
        return fits && segment.getInt(at + 16) == checksum(segment, at, length) ? length : -1;
    }

    static long ordinalAt(ByteBuffer segment, int at) {
        return segment.getLong(at + 8);
    }

    static byte[] payloadAt(ByteBuffer segment, int at, int length) {
        byte[] payload = new byte[length];
        segment.get(at + FRAME_BYTES, payload);
        return payload;
    }

    /** Of all but the checksum itself. */
    private static int checksum(ByteBuffer bytes, int at, int payloadLength) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at, 16));
        crc.update(bytes.slice(at + FRAME_BYTES, payloadLength));
        return (int) crc.getValue();
    }

    private static int headerChecksum(ByteBuffer segment) {
        CRC32C crc = new CRC32C();
        crc.update(segment.slice(0, 20));
        return (int) crc.getValue();
    }
}
