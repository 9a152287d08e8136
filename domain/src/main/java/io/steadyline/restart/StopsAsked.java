package io.steadyline.restart;

import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.ProbesTroubled;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.StopAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of ends that somebody wished for and that were not finished in order. */
final class StopsAsked {

    /** Three failed probes of 10 s each, a grace of 30 s, and as much again: platforms' common settings. */
    private static final Duration PROBES_MATTER_FOR = Duration.ofMinutes(2);

    private StopsAsked() {}

    /** systemd says so; or the probes were in trouble, and then the process was told to go or was killed. */
    static Optional<Verdict> killedByAHealthCheck(Traces traces) {
        String stall = Asides.longestStall(traces).orElse("");
        if (traces.isResult("watchdog")) {
            return Verdict.certain(
                    Cause.HEALTH_CHECK, "systemd's watchdog had no answer in time and ended the process." + stall);
        }
        return traces.all(ProbesTroubled.class).stream()
                .max(Comparator.comparing(ProbesTroubled::lastAt))
                .filter(probes -> isWhatAHealthCheckDoes(traces) && isRecent(probes, traces))
                .flatMap(probes -> Verdict.likely(
                        Cause.HEALTH_CHECK,
                        "A health check had it ended" + byWhat(traces) + ": its probe was slow or unanswered "
                                + Words.times(probes.slow()) + ", at worst for " + Words.duration(probes.slowest())
                                + ", last at " + Words.time(probes.lastAt()) + "." + stall));
    }

    /** The platform's signals: one that asks to stop from outside of what we can see, and what comes when that is late. */
    private static boolean isWhatAHealthCheckDoes(Traces traces) {
        OptionalInt killedBy = traces.killedBy();
        if (killedBy.isPresent()) {
            int signal = killedBy.getAsInt();
            return signal == Signals.KILL || signal == Signals.ABRT || signal == Signals.TERM;
        }
        Optional<StopAsked> asked = traces.stopAsked();
        return asked.isPresent()
                ? Signals.parse(asked.get().signal()).orElse(0) == Signals.TERM && isFromOutside(asked.get())
                : traces.isExitedWith(Signals.SHELL_BASE + Signals.TERM);
    }

    /** Pid 0 is how the kernel shows a sender outside of the container. */
    private static boolean isFromOutside(StopAsked asked) {
        return asked.sender()
                .map(sender -> sender.strip().equals("pid 0") || sender.strip().startsWith("pid 0 "))
                .orElse(true);
    }

    private static boolean isRecent(ProbesTroubled probes, Traces traces) {
        Optional<Instant> end = traces.toldToGoAt().or(traces::lastSign);
        return end.map(at -> Duration.between(probes.lastAt(), at).compareTo(PROBES_MATTER_FOR) <= 0)
                .orElse(true);
    }

    private static String byWhat(Traces traces) {
        OptionalInt killedBy = traces.killedBy();
        return killedBy.isPresent() ? " by " + Signals.named(killedBy.getAsInt()) : " by SIGTERM (15)";
    }

    /** Told to go, and killed because it took too long; or systemd says so. */
    static Optional<Verdict> stopTimedOut(Traces traces) {
        Optional<Instant> told = traces.toldToGoAt();
        boolean killed = told.isPresent() && traces.isKilledBy(Signals.KILL);
        boolean timeout = traces.isResult("timeout");
        if (!killed && !timeout) {
            return Optional.empty();
        }
        String asked = traces.stopAsked()
                .map(OrderlyEnds::asking)
                .or(() -> traces.first(HandOver.class)
                        .map(over -> "stepping aside for " + Words.safe(over.to()) + " since " + Words.time(over.at())))
                .orElse("its stop took longer than systemd waits");
        String after = traces.waitStatus()
                .flatMap(status -> told.map(at -> " " + OrderlyEnds.later(at, status.at())))
                .orElse("");
        String by = killed ? "killed by SIGKILL (9)" + after : "systemd's limit passed";
        return Verdict.of(
                killed && traces.stopAsked().isPresent(),
                Cause.STOP_TIMED_OUT,
                "The stop took too long: " + asked + ", " + by + "." + stillOn(traces)
                        + " Give it a longer grace, or drain for a shorter time.");
    }

    private static String stillOn(Traces traces) {
        return traces.first(LastHeartbeat.class)
                .map(beat -> " At the last sign of life it was: " + Words.safe(beat.state()) + ".")
                .orElse("");
    }

    /** The note, or the code with which a Java machine answers to such a signal; and no clean mark. */
    static Optional<Verdict> askedToStop(Traces traces) {
        Optional<StopAsked> asked = traces.stopAsked();
        OptionalInt answered = answeredSignal(traces);
        if (asked.isPresent() && endsAStop(traces)) {
            String how = traces.waitStatus()
                    .map(status -> OrderlyEnds.ending(status) + " "
                            + OrderlyEnds.later(asked.get().at(), status.at()))
                    .orElse("how it then ended was not seen");
            return Verdict.of(
                    answered.isPresent(),
                    Cause.ASKED_TO_STOP,
                    "It was " + OrderlyEnds.asking(asked.get()) + "; the stop was not finished in order (" + how + ")."
                            + stillOn(traces));
        }
        if (asked.isEmpty() && answered.isPresent() && traces.exitByCode().isEmpty()) {
            return Verdict.likely(
                    Cause.ASKED_TO_STOP,
                    "Exited with " + traces.exitCode().orElse(0) + ": so ends a Java machine that is asked to stop by "
                            + Signals.named(answered.getAsInt()) + "; it noted nothing.");
        }
        return Optional.empty();
    }

    /** Any end may be that of a stop, unless a witness saw one that has a cause of its own. */
    private static boolean endsAStop(Traces traces) {
        OptionalInt killedBy = traces.killedBy();
        if (killedBy.isPresent()) {
            return Signals.asksToStop(killedBy.getAsInt());
        }
        return !traces.isWitnessed()
                || traces.isExitedWith(0)
                || answeredSignal(traces).isPresent();
    }

    private static OptionalInt answeredSignal(Traces traces) {
        OptionalInt code = traces.exitCode();
        return code.isPresent() ? Signals.answeredBy(code.getAsInt()) : OptionalInt.empty();
    }

    /** It noted that it makes room, and the clean mark is missing. */
    static Optional<Verdict> steppedAsideAndDidNotFinish(Traces traces) {
        return traces.first(HandOver.class)
                .filter(over -> !traces.isWitnessed() || traces.isExitedWith(0))
                .filter(over -> traces.exitByCode().map(RuntimeExit::status).orElse(0) == 0)
                .flatMap(over -> Verdict.likely(
                        Cause.UPGRADE,
                        "Stepped aside for " + Words.safe(over.to()) + " at " + Words.time(over.at())
                                + "; the clean mark is missing, so it did not end in order." + stillOn(traces)));
    }
}
