package io.steadyline.journal.recorder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The last log lines of this boot. One thread writes. Full: the oldest lines are overwritten. A line is followed by its
 * length and two checksums, so that the ring is read backwards from its head; what a killed writer left half written lies
 * beyond the head and is not looked at.
 */
final class LineRing {

    /** The beginning of a line tells what it is about; a stack trace comes as many lines. */
    static final int MAX_LINE_BYTES = 1024;

    private static final int TRAILER_BYTES = 12;
    private static final int RING = Layout.LINES + Layout.SYSTEM_PAGE;
    private static final int CAPACITY = Layout.LINE_RING_BYTES;

    private static final int FROM = 0;
    private static final int RESERVED = 1;
    private static final int HEAD = 2;
    private static final int POSITIONS = 3;

    private final ByteBuffer memory;
    private final Twin positions;
    private final long[] position = Twin.room(POSITIONS);
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES + Long.BYTES);

    /** @param memory of the whole file */
    LineRing(ByteBuffer memory) {
        this.memory = memory;
        this.positions = new Twin(Twin.cellsOf(memory), Layout.LINES, POSITIONS);
    }

    void line(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int length = PackedText.fit(bytes, MAX_LINE_BYTES);
        long start = position[HEAD];
        long end = start + length + TRAILER_BYTES;
        position[RESERVED] = end;
        positions.write(position);
        crc.reset();
        crc.update(bytes, 0, length);
        writeTrailer(length, (int) crc.getValue(), start + length);
        put(start, bytes, length);
        put(start + length, trailer.array(), TRAILER_BYTES);
        position[HEAD] = end;
        positions.write(position);
    }

    /** In one piece, or in two at the end of the ring. */
    private void put(long position, byte[] bytes, int length) {
        int first = Math.min(length, CAPACITY - (int) (position % CAPACITY));
        memory.put(at(position), bytes, 0, first);
        if (first < length) {
            memory.put(at(position + first), bytes, first, length - first);
        }
    }

    /** Oldest first. Has to be called before {@link #begin}. */
    List<String> read(List<String> damage) {
        if (positions.read(position) == Twin.Found.DAMAGE) {
            damage.add("the log lines: their position is damaged, none can be told");
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        // A writer that was killed may have overwritten up to here.
        long oldest = Math.max(position[FROM], position[RESERVED] - CAPACITY);
        long end = position[HEAD];
        while (end > oldest) {
            long start = startOf(end, oldest);
            if (start < 0) {
                damage.add("the log lines: one is damaged, those before it cannot be told");
                break;
            }
            if (start < oldest) {
                break;
            }
            lines.add(text(start, (int) (end - TRAILER_BYTES - start)));
            end = start;
        }
        Collections.reverse(lines);
        return lines;
    }

    void erase() {
        positions.erase();
        position[FROM] = 0;
        position[RESERVED] = 0;
        position[HEAD] = 0;
    }

    /** From here on the lines are this boot's. */
    void begin() {
        position[FROM] = position[HEAD];
        position[RESERVED] = position[HEAD];
        positions.write(position);
    }

    /** Where the entry that ends there begins; less than {@code oldest} when it was overwritten, -1 when it is damaged. */
    private long startOf(long end, long oldest) {
        long at = end - TRAILER_BYTES;
        if (at < oldest) {
            return position[FROM] == oldest ? -1 : at;
        }
        int length = intAt(at);
        int contentCrc = intAt(at + Integer.BYTES);
        writeTrailer(length, contentCrc, at);
        if (trailer.getInt(2 * Integer.BYTES) != intAt(at + 2 * Integer.BYTES) || length < 0 || at < length) {
            return -1;
        }
        long start = at - length;
        if (start < oldest) {
            return position[FROM] == oldest ? -1 : start;
        }
        crc.reset();
        for (long i = start; i < at; i++) {
            crc.update(memory.get(at(i)));
        }
        return (int) crc.getValue() == contentCrc ? start : -1;
    }

    /** The place is part of the check: an entry of an earlier round is not taken for one of this. */
    private void writeTrailer(int length, int contentCrc, long at) {
        trailer.putInt(0, length);
        trailer.putInt(Integer.BYTES, contentCrc);
        trailer.putLong(TRAILER_BYTES, at);
        CRC32C whole = new CRC32C();
        whole.update(trailer.array(), 0, 2 * Integer.BYTES);
        whole.update(trailer.array(), TRAILER_BYTES, Long.BYTES);
        trailer.putInt(2 * Integer.BYTES, (int) whole.getValue());
    }

    private int intAt(long where) {
        return (memory.get(at(where)) & 0xff) << 24
                | (memory.get(at(where + 1)) & 0xff) << 16
                | (memory.get(at(where + 2)) & 0xff) << 8
                | (memory.get(at(where + 3)) & 0xff);
    }

    private String text(long start, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = memory.get(at(start + i));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int at(long where) {
        return RING + (int) (where % CAPACITY);
    }
}
