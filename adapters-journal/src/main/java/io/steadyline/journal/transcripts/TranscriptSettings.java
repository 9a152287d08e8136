package io.steadyline.journal.transcripts;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param directory of the files; made when it is missing
 * @param keep a file that was last written to longer ago is deleted
 * @param totalBytes all files together; the oldest go first
 * @param queueLines that may wait for the disk; beyond it they are lost, and counted
 */
public record TranscriptSettings(Path directory, Duration keep, long totalBytes, int queueLines) {
    public TranscriptSettings {
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("keep: " + keep + " (expected: more than 0)");
        }
        if (totalBytes < 1) {
            throw new IllegalArgumentException("totalBytes: " + totalBytes + " (expected: at least 1)");
        }
        if (queueLines < 1) {
            throw new IllegalArgumentException("queueLines: " + queueLines + " (expected: at least 1)");
        }
    }
}
