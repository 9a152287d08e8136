package io.steadyline.restart;

import io.steadyline.restart.Evidence.AutoReload;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.ProbesTroubled;
import io.steadyline.restart.Evidence.Stalled;
import io.steadyline.restart.Evidence.Uncaught;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What did not decide and still helps to understand: sentences that follow the one of the cause. */
final class Asides {

    private static final Set<Cause> IN_ORDER = EnumSet.of(Cause.MACHINE_RESTART, Cause.PLANNED_STOP, Cause.UPGRADE);

    private Asides() {}

    /** Empty, or sentences with a blank before each. */
    static String to(Cause cause, Traces traces) {
        StringBuilder text = new StringBuilder();
        if (cause != Cause.HEALTH_CHECK) {
            add(text, traces.first(ProbesTroubled.class), Asides::probes);
        }
        if (!IN_ORDER.contains(cause)) {
            beforeADisorderlyEnd(cause, traces, text);
        }
        add(
                text,
                traces.first(AutoReload.class),
                reload -> "This looks like an automatic reload: " + Words.safe(reload.what()) + ".");
        return text.toString();
    }

    private static void beforeADisorderlyEnd(Cause cause, Traces traces, StringBuilder text) {
        if (cause != Cause.KERNEL_OOM) {
            add(
                    text,
                    Witnessed.struck(traces),
                    kill -> "The kernel's out-of-memory killer had struck in its memory group" + Witnessed.memory(kill)
                            + ".");
        }
        if (cause != Cause.JAVA_HEAP) {
            add(
                    text,
                    traces.first(HeapExhausted.class),
                    heap -> "The Java heap had been exhausted at " + Words.time(heap.at()) + " ("
                            + Words.safe(heap.source()) + ").");
        }
        if (cause != Cause.OWN_DECISION) {
            add(
                    text,
                    traces.first(OwnDecision.class),
                    decision -> "It had decided to end: " + Words.safe(decision.detail()) + ".");
        }
        if (cause != Cause.SYSTEM_EXIT) {
            add(text, traces.exitByCode(), exit -> "Before that, " + OwnTraces.call(exit) + ".");
        }
        if (cause != Cause.UNCAUGHT_IN_MAIN) {
            add(
                    text,
                    traces.all(Uncaught.class).stream().max(Comparator.comparing(Uncaught::at)),
                    uncaught -> "In thread " + Words.safe(uncaught.thread()) + " nobody had caught "
                            + OwnTraces.thrown(uncaught) + ".");
        }
        if (cause != Cause.HEALTH_CHECK) {
            text.append(longestStall(traces).orElse(""));
        }
    }

    private static String probes(ProbesTroubled probes) {
        return "Its health probe had been slow or unanswered " + Words.times(probes.slow()) + ", last at "
                + Words.time(probes.lastAt()) + ": a health check may be behind it.";
    }

    /** With a blank before it. */
    static Optional<String> longestStall(Traces traces) {
        return traces.all(Stalled.class).stream()
                .max(Comparator.comparing(Stalled::length))
                .map(stall -> " It had stood still for " + Words.duration(stall.length()) + " at "
                        + Words.time(stall.at()) + " (" + Words.safe(stall.why()) + ").");
    }

    private static <T> void add(StringBuilder text, Optional<T> found, Function<T, String> sentence) {
        found.ifPresent(it -> text.append(' ').append(sentence.apply(it)));
    }
}
