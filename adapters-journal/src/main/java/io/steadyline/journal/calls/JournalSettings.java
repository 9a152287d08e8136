package io.steadyline.journal.calls;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param directory where the segments lie; made when it is missing
 * @param segmentBytes a segment that is longer is followed by the next; 256 KiB to 32 MiB
 * @param totalBytes all segments together, quarantined ones included; the oldest go first; at least two segments
 * @param keep a segment that was last written to longer ago is deleted; a call stays known for as long after its last sign
 * @param keepEnded a call stays known for as long after its end
 * @param queueRecords records that may wait for the disk; beyond it they are lost, and counted
 * @param progressEvery how often a live call notes how far it is; whole seconds
 * @param syncEvery how much can be lost when the machine itself dies
 * @param transcripts final transcripts may be kept: they are personal data
 */
public record JournalSettings(
        Path directory,
        long segmentBytes,
        long totalBytes,
        Duration keep,
        Duration keepEnded,
        int queueRecords,
        Duration progressEvery,
        Duration syncEvery,
        boolean transcripts) {

    static final long MAX_SEGMENT_BYTES = 32L << 20;
    private static final long MIN_SEGMENT_BYTES = 256 * 1024;

    public JournalSettings {
        require(
                segmentBytes >= MIN_SEGMENT_BYTES && segmentBytes <= MAX_SEGMENT_BYTES,
                "segmentBytes",
                segmentBytes,
                MIN_SEGMENT_BYTES + " to " + MAX_SEGMENT_BYTES);
        require(totalBytes >= 2 * segmentBytes, "totalBytes", totalBytes, "at least two segments");
        require(keep.toSeconds() >= 1, "keep", keep, "at least 1 s");
        require(keepEnded.compareTo(keep) <= 0, "keepEnded", keepEnded, "at most keep, " + keep);
        require(queueRecords >= 1, "queueRecords", queueRecords, "at least 1");
        require(progressEvery.toSeconds() >= 1, "progressEvery", progressEvery, "at least 1 s");
        require(syncEvery.isPositive(), "syncEvery", syncEvery, "more than 0");
    }

    /**
     * 100 calls write about 4 KiB a second: a segment lasts half an hour, and 64 MiB hold more than is ever asked for. 8,192
     * records are 40 seconds of 100 calls.
     */
    public static JournalSettings defaults(Path dataDir) {
        return new JournalSettings(
                dataDir.resolve("journal"),
                8L << 20,
                64L << 20,
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                8192,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                false);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
