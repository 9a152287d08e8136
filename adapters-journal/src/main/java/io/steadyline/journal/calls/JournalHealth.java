package io.steadyline.journal.calls;

import java.time.Instant;
import java.util.Map;

/**
 * How the journal fares, as of now.
 *
 * @param writable the last write succeeded
 * @param reason why not; empty when it is
 * @param lost records that were not written, by reason, since the start of the process
 * @param queueDepth records that wait for the disk
 * @param lastSync when what was written became safe against a loss of the machine; {@link Instant#EPOCH}: never yet
 */
public record JournalHealth(
        boolean writable, String reason, Map<Loss, Long> lost, int queueDepth, long written, Instant lastSync) {

    /** Why a record was lost. */
    public enum Loss {
        /** The disk is slower than the records come. */
        QUEUE_FULL,
        /** The disk cannot be written to, and the queue is full meanwhile. */
        DISK,
        /** Longer than a record may be. */
        TOO_LONG,
        /** It came after the journal was closed, or waited when it was. */
        CLOSED
    }

    public JournalHealth {
        lost = Map.copyOf(lost);
    }

    public long lostRecords() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }
}
