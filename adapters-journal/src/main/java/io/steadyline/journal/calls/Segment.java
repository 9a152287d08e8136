package io.steadyline.journal.calls;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A segment that is being written. After an exception it is not written to again. One thread. */
final class Segment implements Closeable {

    private final Disk.File file;
    private final Path path;
    private long at = Frames.HEADER_BYTES;
    private long allocated;
    private long ordinal;

    private Segment(Disk.File file, Path path) {
        this.file = file;
        this.path = path;
    }

    /** Under another name until its head is there, so that a death in between leaves no half of a segment. */
    static Segment create(Disk disk, Path path, int number) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + SegmentFiles.UNFINISHED);
        Files.deleteIfExists(unfinished);
        Segment segment = new Segment(disk.create(unfinished), path);
        try {
            segment.allocate(Frames.CHUNK_BYTES);
            segment.file.write(Frames.header(number), 0);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return segment;
        } catch (IOException failed) {
            segment.close();
            Files.deleteIfExists(unfinished);
            throw failed;
        }
    }

    void append(byte[] payload) throws IOException {
        allocate(at + Frames.FRAME_BYTES + payload.length);
        file.write(Frames.frame(ordinal, payload), at);
        at += Frames.FRAME_BYTES + payload.length;
        ordinal++;
    }

    void force() throws IOException {
        file.force();
    }

    long bytes() {
        return at;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void allocate(long upTo) throws IOException {
        while (allocated < upTo) {
            try {
                file.write(ByteBuffer.allocate(Frames.CHUNK_BYTES), allocated);
            } catch (IOException full) {
                file.truncate(allocated);
                throw full;
            }
            allocated += Frames.CHUNK_BYTES;
        }
    }
}
