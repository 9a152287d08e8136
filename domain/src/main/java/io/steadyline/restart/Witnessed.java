package io.steadyline.restart;

import io.steadyline.restart.Evidence.KernelOomKill;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.WaitStatus;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of ends that leave nothing behind: only a witness can name them. */
final class Witnessed {

    /** With which the process ends by its own decision. */
    private static final int EXIT_OWN_DECISION = 70;

    private Witnessed() {}

    static Optional<Verdict> killedByTheKernelForMemory(Traces traces) {
        Optional<KernelOomKill> kill = struck(traces);
        if (traces.isResult("oom-kill", "oomkilled")) {
            return Verdict.certain(
                    Cause.KERNEL_OOM,
                    "The kernel's out-of-memory killer ended it, says the supervisor"
                            + kill.map(Witnessed::memory).orElse("") + ".");
        }
        return kill.filter(found -> traces.isKilledBy(Signals.KILL))
                .flatMap(found -> Verdict.certain(
                        Cause.KERNEL_OOM,
                        "The kernel's out-of-memory killer ended it with SIGKILL (9)" + memory(found) + "."));
    }

    /**
     * Nobody saw how it ended, it left no trace, and the kernel's killer struck in its memory group while it lived. Another
     * process of the group may have been the one.
     */
    static Optional<Verdict> perhapsKilledByTheKernel(Traces traces) {
        return struck(traces)
                .filter(_ -> !traces.isWitnessed())
                .flatMap(kill -> Verdict.likely(
                        Cause.KERNEL_OOM,
                        "It ended abruptly, nobody waited for it, and the kernel's out-of-memory killer struck in its"
                                + " memory group while it lived" + memory(kill) + "."));
    }

    /**
     * Every witness that looked has seen it. One that has not, has looked at a shorter time: the killer struck another process
     * of the group, before or after.
     */
    static Optional<KernelOomKill> struck(Traces traces) {
        if (lookedForTheKernel(traces)) {
            return Optional.empty();
        }
        return traces.all(KernelOomKill.class).stream()
                .filter(kill -> kill.kills() > 0)
                .max(Comparator.comparing(kill -> kill.limitBytes().isPresent()));
    }

    /** {@code ; memory limit 150.0 MiB, used 149.8 MiB (source)}. */
    static String memory(KernelOomKill kill) {
        String limit = kill.limitBytes().isPresent()
                ? "; memory limit " + Words.bytes(kill.limitBytes().getAsLong())
                : "; memory limit unknown";
        String usage = kill.usageBytes().isPresent()
                ? ", used " + Words.bytes(kill.usageBytes().getAsLong())
                : "";
        return limit + usage + " (" + Words.safe(kill.source()) + ", " + Words.count(kill.kills(), "kill") + ")";
    }

    /** Certain only when somebody looked whether it was the kernel's doing: it kills with the same signal. */
    static Optional<Verdict> killedFromOutside(Traces traces) {
        if (!traces.isKilledBy(Signals.KILL)) {
            return Optional.empty();
        }
        boolean looked = lookedForTheKernel(traces) || traces.isResult("signal");
        String kernel = looked
                ? "the kernel's out-of-memory killer did not strike"
                : "there is no sign of the kernel's out-of-memory killer";
        return Verdict.of(
                looked,
                Cause.SIGKILL,
                "Killed by SIGKILL (9) from outside" + seen(traces) + "; " + kernel
                        + ", and nobody had asked it to stop.");
    }

    /** Somebody looked, and the kernel's killer had not struck. */
    static boolean lookedForTheKernel(Traces traces) {
        return traces.all(KernelOomKill.class).stream().anyMatch(kill -> kill.kills() == 0);
    }

    static Optional<Verdict> endedByAnotherSignal(Traces traces) {
        OptionalInt killedBy = traces.killedBy();
        if (killedBy.isEmpty()) {
            return Optional.empty();
        }
        int signal = killedBy.getAsInt();
        if (Signals.isOfACrash(signal)) {
            return Verdict.likely(
                    Cause.SIGNAL,
                    "Killed by " + Signals.named(signal) + seen(traces)
                            + "; there is no crash report, so it was sent from outside, or native code called"
                            + " abort().");
        }
        String note = Signals.asksToStop(signal) ? "; the Java machine did not handle it (-Xrs?)" : "";
        return Verdict.certain(
                Cause.SIGNAL, "Killed by " + Signals.named(signal) + " from outside" + seen(traces) + note + ".");
    }

    /** Exited, with neither a call of {@code System.exit} nor a return of main that was noted. */
    static Optional<Verdict> haltedWithoutAWord(Traces traces) {
        OptionalInt code = traces.exitCode();
        if (code.isEmpty() || traces.has(MainReturned.class)) {
            return Optional.empty();
        }
        int exited = code.getAsInt();
        String remark = switch (exited) {
            case EXIT_OWN_DECISION -> " That is the code of an own decision to end; its note is missing.";
            case 0, 1 -> " A Java machine that could not start, or whose notes are lost, leaves the same.";
            default -> "";
        };
        return Verdict.of(
                remark.isEmpty() && !isOfLostNotes(traces),
                Cause.HALT,
                "Exited with " + exited + seen(traces)
                        + " without a call of System.exit: Runtime.halt, or exit by native code." + remark);
    }

    private static boolean isOfLostNotes(Traces traces) {
        return traces.all(Missing.class).stream()
                .anyMatch(missing -> missing.what().equals(Missing.LIFE_NOTES));
    }

    private static String seen(Traces traces) {
        return traces.waitStatus()
                .map(WaitStatus::witness)
                .map(witness -> " (seen by " + Words.of(witness) + ")")
                .orElse("");
    }
}
