package io.steadyline.restart;

import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.CrashReport;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.Uncaught;
import java.util.Optional;
import java.util.OptionalInt;

/** Rows of ends that the process itself left a trace of: crash reports, marker files, its own notes. */
final class OwnTraces {

    /** Of a Java machine with {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int EXIT_HEAP_EXHAUSTED = 3;

    /** Of a Java machine whose main method threw, and of one that could not start. */
    private static final int EXIT_UNCAUGHT = 1;

    private OwnTraces() {}

    static Optional<Verdict> crashReportOfAFullHeap(Traces traces) {
        return report(traces, CrashKind.OUT_OF_MEMORY)
                .flatMap(report -> Verdict.of(
                        fits(traces),
                        Cause.JAVA_HEAP,
                        "The Java heap was exhausted, and the Java machine crashed on it as it is told to ("
                                + Words.safe(report.file()) + ")."));
    }

    static Optional<Verdict> crashReportOfASentSignal(Traces traces) {
        return report(traces, CrashKind.SENT).flatMap(report -> {
            String sender = report.senderPid().isPresent()
                    ? "pid " + report.senderPid().getAsInt()
                    : "somebody whose pid the report does not name";
            return Verdict.of(
                    fits(traces),
                    Cause.SENT_CRASH_SIGNAL,
                    signal(report) + " was sent by " + sender + " and crashed the Java machine ("
                            + Words.safe(report.file()) + ").");
        });
    }

    static Optional<Verdict> crashReportOfNativeCode(Traces traces) {
        return report(traces, CrashKind.NATIVE).flatMap(report -> {
            String frame = report.problematicFrame()
                    .map(where -> " in " + Words.safe(where))
                    .orElse("");
            return Verdict.of(
                    fits(traces),
                    Cause.NATIVE_CRASH,
                    "The Java machine or native code crashed with " + signal(report) + frame + " ("
                            + Words.safe(report.file()) + ").");
        });
    }

    private static Optional<CrashReport> report(Traces traces, CrashKind kind) {
        return traces.all(CrashReport.class).stream()
                .filter(report -> report.kind() == kind)
                .findFirst();
    }

    /** A crash ends with a signal of a crash or with 1; another end makes the report one of an earlier pid of that number. */
    private static boolean fits(Traces traces) {
        OptionalInt killedBy = traces.killedBy();
        return !traces.isWitnessed()
                || traces.isExitedWith(EXIT_UNCAUGHT)
                || (killedBy.isPresent() && Signals.isOfACrash(killedBy.getAsInt()));
    }

    private static String signal(CrashReport report) {
        return report.signal().isPresent() ? Signals.named(report.signal().getAsInt()) : "a crash signal";
    }

    /** Exit 3 that no code asked for, or the machine's own word just before an end that no signal brought. */
    static Optional<Verdict> heapExhausted(Traces traces) {
        boolean exited3 = traces.isExitedWith(EXIT_HEAP_EXHAUSTED)
                && traces.exitByCode()
                        .filter(exit -> exit.status() == EXIT_HEAP_EXHAUSTED)
                        .isEmpty();
        Optional<HeapExhausted> said = traces.all(HeapExhausted.class).stream()
                .filter(exhausted -> exited3 || traces.isAtTheEnd(exhausted.at()))
                .findFirst();
        if (said.isPresent() && traces.killedBy().isEmpty()) {
            String code = exited3 ? ", exit code 3" : "";
            return Verdict.of(
                    exited3,
                    Cause.JAVA_HEAP,
                    "The Java heap was exhausted at " + Words.time(said.get().at()) + " ("
                            + Words.safe(said.get().source()) + code + ").");
        }
        return exited3
                ? Verdict.likely(
                        Cause.JAVA_HEAP,
                        "Exited with 3 without a call of System.exit: so ends a Java machine whose heap is exhausted.")
                : Optional.empty();
    }

    static Optional<Verdict> ownDecision(Traces traces) {
        return traces.first(OwnDecision.class).flatMap(decision -> {
            boolean carriedOut = traces.killedBy().isEmpty() && traces.isAtTheEnd(decision.at());
            OptionalInt code = traces.exitCode();
            return Verdict.of(
                    carriedOut,
                    Cause.OWN_DECISION,
                    "Own decision to end: " + reason(decision.reason()) + " (" + Words.safe(decision.detail()) + ") at "
                            + Words.time(decision.at())
                            + (code.isPresent() ? ", exit code " + code.getAsInt() : "") + ".");
        });
    }

    private static String reason(OwnReason reason) {
        return switch (reason) {
            case DIRECT_MEMORY -> "direct memory was exhausted";
            case THREADS -> "no thread could be started any more";
            case STUCK_LOOP -> "the media loop was stuck";
            case PERIODIC_TASK -> "a periodic task failed for good";
            case LOCK_LOST -> "the worker's lock was lost";
            case START_FAILED -> "the start failed";
        };
    }

    /** The JDK logs who called it. Hooks run afterwards, and may change the code. */
    static Optional<Verdict> systemExit(Traces traces) {
        return traces.exitByCode().flatMap(exit -> {
            OptionalInt code = traces.exitCode();
            boolean fits = code.isEmpty() || code.getAsInt() == exit.status();
            String ended = fits ? "" : "; the process then exited with " + code.getAsInt();
            return Verdict.of(fits, Cause.SYSTEM_EXIT, call(exit) + ended + ".");
        });
    }

    /** {@code System.exit(5) by Library.close(Library.java:12) in thread …}. */
    static String call(RuntimeExit exit) {
        return "System.exit(" + exit.status() + ") by " + Words.safe(exit.caller()) + " in thread "
                + Words.safe(exit.thread());
    }

    /** Other threads may keep the process alive after it: without exit code 1 the end must have come at once. */
    static Optional<Verdict> uncaughtInMain(Traces traces) {
        return traces.uncaughtInMain()
                .filter(uncaught -> traces.isWitnessed()
                        ? traces.isExitedWith(EXIT_UNCAUGHT)
                        : traces.has(CleanMark.class)
                                || traces.has(MainReturned.class)
                                || traces.isKnownToEndAt(uncaught.at()))
                .flatMap(uncaught -> Verdict.of(
                        traces.isWitnessed() || traces.has(MainReturned.class),
                        Cause.UNCAUGHT_IN_MAIN,
                        "Nobody caught " + thrown(uncaught) + " in the main thread"
                                + (traces.isWitnessed() ? ", exit code 1" : "") + "."));
    }

    static String thrown(Uncaught uncaught) {
        return Words.safe(uncaught.exception())
                + (uncaught.frame().isBlank() ? "" : " at " + Words.safe(uncaught.frame()));
    }

    static Optional<Verdict> mainReturned(Traces traces) {
        return traces.first(MainReturned.class)
                .flatMap(returned -> Verdict.of(
                        !traces.isWitnessed() || traces.isExitedWith(0),
                        Cause.MAIN_RETURNED,
                        "The main method returned at " + Words.time(returned.at())
                                + " and no other thread kept the process alive: an error in the program."));
    }
}
