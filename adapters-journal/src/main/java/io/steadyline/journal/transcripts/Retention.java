package io.steadyline.journal.transcripts;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which files go. Pure. */
record Retention(Duration keep, long totalBytes) {

    /** @param written when it was last written to */
    record Stored(Path file, long bytes, Instant written) {}

    /** In the order in which they are to be deleted: too old ones, then the oldest until the rest is small enough. */
    List<Path> surplus(List<Stored> files, Instant now) {
        List<Stored> oldestFirst = files.stream()
                .sorted(Comparator.comparing(Stored::written).thenComparing(Stored::file))
                .toList();
        long left = files.stream().mapToLong(Stored::bytes).sum();
        List<Path> surplus = new ArrayList<>();
        for (Stored file : oldestFirst) {
            if (left > totalBytes || file.written().isBefore(now.minus(keep))) {
                surplus.add(file.file());
                left -= file.bytes();
            }
        }
        return surplus;
    }
}
