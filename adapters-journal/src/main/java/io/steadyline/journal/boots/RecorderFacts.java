package io.steadyline.journal.boots;

import io.steadyline.restart.SlotSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the recorder's file still has of a boot that is over.
 *
 * @param lastHeartbeat empty when there is no recorder file, or an unreadable one
 * @param state what the process was doing, in words; empty when not known
 * @param slots of calls that were live
 * @param lastLines of the log, oldest first
 * @param damage what was wrong with the file; empty when nothing was
 */
public record RecorderFacts(
        Optional<Instant> lastHeartbeat,
        String state,
        List<SlotSnapshot> slots,
        List<String> lastLines,
        List<String> damage) {

    /** There is no recorder. */
    public static final RecorderFacts NONE = new RecorderFacts(Optional.empty(), "", List.of(), List.of(), List.of());

    public RecorderFacts {
        slots = List.copyOf(slots);
        lastLines = List.copyOf(lastLines);
        damage = List.copyOf(damage);
    }
}
