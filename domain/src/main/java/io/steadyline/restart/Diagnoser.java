package io.steadyline.restart;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Names the cause of an end from its evidence. One table: the first row whose evidence is there decides, so that what is
 * certain and particular stands above what is general. Pure; any thread; throws nothing, whatever is missing.
 */
public final class Diagnoser {

    /** In this order. What the rows need is told where they are. */
    private static final List<Function<Traces, Optional<Verdict>>> TABLE = List.of(
            OrderlyEnds::machineRestarted,
            OrderlyEnds::steppedAsideForANewVersion,
            OrderlyEnds::stoppedAsPlanned,
            OwnTraces::crashReportOfAFullHeap,
            OwnTraces::crashReportOfASentSignal,
            OwnTraces::crashReportOfNativeCode,
            OwnTraces::heapExhausted,
            OwnTraces::ownDecision,
            Witnessed::killedByTheKernelForMemory,
            StopsAsked::killedByAHealthCheck,
            StopsAsked::stopTimedOut,
            StopsAsked::askedToStop,
            StopsAsked::steppedAsideAndDidNotFinish,
            Witnessed::killedFromOutside,
            Witnessed::endedByAnotherSignal,
            OwnTraces::systemExit,
            OwnTraces::uncaughtInMain,
            Witnessed::haltedWithoutAWord,
            OwnTraces::mainReturned,
            Witnessed::perhapsKilledByTheKernel);

    private Diagnoser() {}

    /** @param evidence in the order of its finding; all of it goes into the diagnosis */
    public static Diagnosis diagnose(BootIdentity boot, List<Evidence> evidence) {
        Traces traces = new Traces(evidence);
        Verdict verdict = TABLE.stream()
                .flatMap(row -> row.apply(traces).stream())
                .findFirst()
                .orElseGet(() -> abrupt(boot, traces));
        String sentence = verdict.sentence() + Asides.to(verdict.cause(), traces);
        boolean autoReload = traces.has(Evidence.AutoReload.class);
        return new Diagnosis(verdict.cause(), verdict.confidence(), sentence, autoReload, traces.evidence());
    }

    /** No witness and nothing noted: several causes leave just this. */
    private static Verdict abrupt(BootIdentity boot, Traces traces) {
        String last = traces.first(Evidence.LastHeartbeat.class)
                .map(beat -> " at " + Words.time(beat.at()) + " (" + Words.safe(beat.state()) + ")")
                .orElse("");
        boolean looked = Witnessed.lookedForTheKernel(traces);
        return new Verdict(
                Cause.ABRUPT,
                Confidence.CANNOT_TELL,
                "Process " + boot.pid() + " ended abruptly" + last + ", and nobody waited for it: one of SIGKILL, "
                        + (looked ? "" : "kernel OOM, ") + "halt or power (or a signal that Java does not handle)"
                        + (looked ? "; the kernel's out-of-memory killer did not strike" : "")
                        + "; run `serve --keep-calls` or under systemd to know.");
    }
}
