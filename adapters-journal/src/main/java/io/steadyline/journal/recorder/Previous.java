package io.steadyline.journal.recorder;

import io.steadyline.restart.SlotSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * What the boot before left in the recorder. Text that is not known is empty, a number 0, a time
 * {@link Instant#EPOCH}.
 *
 * @param number of the boot, counted by the data directory
 * @param machineBootId of the machine's own boot then
 * @param lastHeartbeat wall clock of the last sign of life
 * @param lastHeartbeatNs the same on the machine's monotonic clock
 * @param reason why it was in that state; for {@link RecorderState#DRAINING} and {@link RecorderState#CLEAN} who wanted it
 * @param calls live at its end, whose pages are whole; each has to be adopted or discarded
 * @param lastLines of its log, oldest first
 * @param damage what could not be read, one sentence each; nothing that is named here is among the calls
 */
public record Previous(
        String bootId,
        long number,
        long pid,
        String machineBootId,
        Instant startedAt,
        Instant lastHeartbeat,
        long lastHeartbeatNs,
        RecorderState state,
        String reason,
        List<SlotSnapshot> calls,
        List<String> lastLines,
        List<String> damage) {

    public Previous {
        calls = List.copyOf(calls);
        lastLines = List.copyOf(lastLines);
        damage = List.copyOf(damage);
    }
}
