package io.steadyline.journal.custody;

import io.steadyline.keeper.KeeperExit;
import io.steadyline.keeper.Obituary;
import io.steadyline.posix.Signals;
import io.steadyline.restart.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The keeper's obituary in the words of the diagnosis. Pure. */
public final class ObituaryEvidence {

    private ObituaryEvidence() {}

    public static List<Evidence> of(Obituary obituary) {
        List<Evidence> all = new ArrayList<>();
        Instant endedAt = obituary.endedAt();
        all.add(new Evidence.WaitStatus(
                Evidence.Witness.KEEPER,
                obituary.status().exitCode(),
                obituary.status().signal(),
                endedAt));
        if (obituary.asked() == Obituary.Asked.STOP) {
            all.add(
                    obituary.stopSignal() == 0
                            ? new Evidence.StopAsked(obituary.askedAt(), "no signal", Optional.of("the worker itself"))
                            : new Evidence.StopAsked(
                                    obituary.askedAt(),
                                    Signals.name(obituary.stopSignal()),
                                    Optional.of("the keeper")));
        }
        boolean isHandOver = obituary.status().exitCode().orElse(-1) == KeeperExit.HAND_OVER;
        if (isHandOver || obituary.asked() == Obituary.Asked.UPGRADE) {
            boolean wasAsked = obituary.asked() == Obituary.Asked.UPGRADE;
            all.add(new Evidence.HandOver(wasAsked ? obituary.askedAt() : endedAt, "the keeper's next worker"));
        }
        // That there was none is evidence too: it tells a SIGKILL from the kernel's doing. Negative: not known.
        if (obituary.oomKills() >= 0) {
            all.add(new Evidence.KernelOomKill(
                    "memory group of the keeper",
                    obituary.oomKills(),
                    known(obituary.memoryLimitBytes()),
                    known(obituary.memoryUsageBytes())));
        }
        return all;
    }

    private static OptionalLong known(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
