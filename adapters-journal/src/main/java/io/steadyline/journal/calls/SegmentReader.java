package io.steadyline.journal.calls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a segment as far as it can be read: skips what is damaged and goes on at the next whole record. */
final class SegmentReader {

    /**
     * @param isSegment false: nothing in it can be used
     * @param damage one sentence each
     */
    record Content(boolean isSegment, List<JournalRecord> records, List<String> damage) {}

    /** Far above what is ever written, and far below what would hurt the heap: somebody else's file. */
    private static final long MAX_BYTES = 2 * JournalSettings.MAX_SEGMENT_BYTES;

    private final RecordCodec codec = new RecordCodec();

    /** @throws IOException it cannot be read at all */
    Content read(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (Files.size(file) > MAX_BYTES) {
            String damage = name + " has " + Files.size(file) + " bytes (expected at most " + MAX_BYTES + ")";
            return new Content(false, List.of(), List.of(damage + ": its records are lost"));
        }
        return read(name, ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    private Content read(String name, ByteBuffer segment) {
        List<String> damage = new ArrayList<>();
        String complaint = Frames.complaint(segment);
        if (!complaint.isEmpty()) {
            return new Content(false, List.of(), List.of(name + " " + complaint + ": its records are lost"));
        }
        List<JournalRecord> records = new ArrayList<>();
        int at = Frames.HEADER_BYTES;
        long expected = 0;
        while (at < segment.capacity()) {
            int found = next(segment, at, expected);
            if (found < 0) {
                if (!isZero(segment, at)) {
                    damage.add(name + ": " + (segment.capacity() - at) + " bytes from " + at
                            + " on are no whole record: cut off");
                }
                break;
            }
            long ordinal = Frames.ordinalAt(segment, found);
            if (found > at || ordinal != expected) {
                damage.add(name + ": " + (found - at) + " bytes at " + at + " cannot be read, " + (ordinal - expected)
                        + " records are lost");
            }
            int length = Frames.lengthAt(segment, found);
            add(records, Frames.payloadAt(segment, found, length), name + ", record " + ordinal, damage);
            expected = ordinal + 1;
            at = found + Frames.FRAME_BYTES + length;
        }
        // Zeros are written before records: a file that ends with a record has lost its end.
        if (at >= segment.capacity() && segment.capacity() % Frames.CHUNK_BYTES != 0) {
            damage.add(name + ": ends at " + segment.capacity() + ", right behind record " + (expected - 1)
                    + ": later ones may be lost");
        }
        return new Content(true, records, damage);
    }

    private void add(List<JournalRecord> records, byte[] payload, String where, List<String> damage) {
        try {
            records.add(codec.decode(payload));
        } catch (IOException unknown) {
            damage.add(where + ": " + unknown.getMessage());
        }
    }

    /** Where the next whole record lies; -1 when there is none. */
    private static int next(ByteBuffer segment, int from, long expected) {
        for (int at = from; at + Frames.FRAME_BYTES <= segment.capacity(); at++) {
            if (Frames.lengthAt(segment, at) > 0 && Frames.ordinalAt(segment, at) >= expected) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isZero(ByteBuffer segment, int from) {
        for (int at = from; at < segment.capacity(); at++) {
            if (segment.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
