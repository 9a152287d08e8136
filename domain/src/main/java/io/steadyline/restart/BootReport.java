package io.steadyline.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One boot that is over, told by the next one.
 *
 * @param endedAt the last sign of life
 * @param away from then to the start of the boot that tells this
 * @param calls that were live at the end
 * @param linesBefore the last log lines, oldest first, at most 15
 * @param linesAfter the first lines of the next boot, at most 15
 * @param damage what was wrong with the records themselves; empty when nothing was
 */
public record BootReport(
        BootIdentity boot,
        Instant endedAt,
        Duration away,
        Diagnosis diagnosis,
        List<CutCall> calls,
        List<String> linesBefore,
        List<String> linesAfter,
        List<String> damage) {

    public BootReport {
        calls = List.copyOf(calls);
        linesBefore = List.copyOf(linesBefore);
        linesAfter = List.copyOf(linesAfter);
        damage = List.copyOf(damage);
    }
}
