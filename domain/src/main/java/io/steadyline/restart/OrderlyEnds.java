package io.steadyline.restart;

import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.MachineBootChanged;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of ends that were nobody's fault: the machine's, and those that somebody wished for and that went in order. */
final class OrderlyEnds {

    private OrderlyEnds() {}

    /** The kernel's boot id is another one. Certain only when the process had not ended before in a way of its own. */
    static Optional<Verdict> machineRestarted(Traces traces) {
        return traces.first(MachineBootChanged.class).flatMap(changed -> {
            String before = traces.first(CleanMark.class)
                    .map(mark -> " The process had ended in order before (" + Words.safe(mark.reason()) + ").")
                    .or(() ->
                            traces.waitStatus().map(status -> " The process had ended before: " + ending(status) + "."))
                    .orElse("");
            return Verdict.of(
                    before.isEmpty(),
                    Cause.MACHINE_RESTART,
                    "The machine itself was started anew (kernel boot id " + Words.safe(changed.was()) + ", now "
                            + Words.safe(changed.is()) + ")." + before);
        });
    }

    /** The clean mark is there, and a note that it makes room for a successor. */
    static Optional<Verdict> steppedAsideForANewVersion(Traces traces) {
        return traces.first(CleanMark.class)
                .flatMap(mark -> traces.first(HandOver.class)
                        .flatMap(over -> Verdict.certain(
                                Cause.UPGRADE,
                                "Stepped aside for " + Words.safe(over.to()) + " at " + Words.time(over.at())
                                        + " and ended in order " + later(over.at(), mark.at()) + " ("
                                        + Words.safe(mark.reason()) + ").")));
    }

    /** The clean mark is there, and who asked; without that, only when nothing else explains why it ended. */
    static Optional<Verdict> stoppedAsPlanned(Traces traces) {
        Optional<CleanMark> clean = traces.first(CleanMark.class);
        if (clean.isEmpty()) {
            return Optional.empty();
        }
        CleanMark mark = clean.get();
        Optional<StopAsked> asked = traces.stopAsked();
        if (asked.isPresent()) {
            return Verdict.certain(
                    Cause.PLANNED_STOP,
                    "Planned stop: " + asking(asked.get()) + ", ended in order "
                            + later(asked.get().at(), mark.at()) + " (" + Words.safe(mark.reason()) + ").");
        }
        if (endedByItself(traces)) {
            return Optional.empty();
        }
        return Verdict.likely(
                Cause.PLANNED_STOP,
                "Ended in order at " + Words.time(mark.at()) + " (" + Words.safe(mark.reason())
                        + "); who asked for it is not noted.");
    }

    /** Hooks that mark a clean end also run after an exit that nobody asked for. */
    private static boolean endedByItself(Traces traces) {
        return traces.exitByCode().isPresent()
                || traces.uncaughtInMain().isPresent()
                || traces.has(MainReturned.class)
                || traces.has(OwnDecision.class);
    }

    /** {@code asked to stop by SIGTERM (15) from pid 1 (systemd) at …}. */
    static String asking(StopAsked asked) {
        OptionalInt signal = Signals.parse(asked.signal());
        String by = signal.isPresent() ? Signals.named(signal.getAsInt()) : operator(asked.signal());
        String from =
                asked.sender().map(sender -> " from " + Words.safe(sender)).orElse("");
        return "asked to stop by " + by + from + meaning(signal) + " at " + Words.time(asked.at());
    }

    private static String operator(String wish) {
        return wish.isBlank() ? "an operator" : Words.safe(wish);
    }

    private static String meaning(OptionalInt signal) {
        return switch (signal.orElse(0)) {
            case Signals.HUP -> " (its terminal was closed)";
            case Signals.INT -> " (Ctrl-C)";
            default -> "";
        };
    }

    /** {@code killed by SIGKILL (9), says keeper}. */
    static String ending(WaitStatus status) {
        String how = status.signal().isPresent()
                ? "killed by " + Signals.named(status.signal().getAsInt())
                : "exited with " + status.exitCode().orElse(0);
        return how + ", says " + Words.of(status.witness());
    }

    static String later(Instant from, Instant to) {
        return Words.duration(Duration.between(from, to)) + " later";
    }
}
