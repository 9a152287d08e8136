package io.steadyline.restart;

import io.steadyline.restart.Evidence.AutoReload;
import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.CrashReport;
import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.KernelOomKill;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.MachineBootChanged;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.ProbesTroubled;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.ServiceResult;
import io.steadyline.restart.Evidence.Stalled;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.Uncaught;
import io.steadyline.restart.Evidence.WaitStatus;

/** One piece of evidence in words: what was seen, not what it means. */
public final class EvidenceText {

    private EvidenceText() {}

    /** One line, its time first where it has one. */
    public static String of(Evidence evidence) {
        return switch (evidence) {
            case MachineBootChanged it ->
                "kernel boot id " + Words.safe(it.was()) + " then, " + Words.safe(it.is()) + " now";
            case CleanMark it -> Words.time(it.at()) + " clean mark: " + Words.safe(it.reason());
            case StopAsked it -> Words.time(it.at()) + " noted: " + OrderlyEnds.asking(it);
            case HandOver it -> Words.time(it.at()) + " noted: steps aside for " + Words.safe(it.to());
            case WaitStatus it -> Words.time(it.at()) + " " + OrderlyEnds.ending(it);
            case ServiceResult it -> "systemd's result: " + Words.safe(it.result());
            case CrashReport it -> "crash report " + Words.safe(it.file()) + ": " + crash(it);
            case HeapExhausted it -> Words.time(it.at()) + " Java heap exhausted: " + Words.safe(it.source());
            case OwnDecision it ->
                Words.time(it.at()) + " noted: decides to end, " + Words.of(it.reason()) + " ("
                        + Words.safe(it.detail()) + ")";
            case KernelOomKill it -> "kernel out-of-memory killer" + Witnessed.memory(it);
            case RuntimeExit it -> Words.time(it.at()) + " noted: " + OwnTraces.call(it);
            case Uncaught it ->
                Words.time(it.at()) + " noted: nobody caught " + OwnTraces.thrown(it) + " in thread "
                        + Words.safe(it.thread());
            case MainReturned it -> Words.time(it.at()) + " noted: the main method returned";
            case ProbesTroubled it ->
                Words.time(it.lastAt()) + " health probe slow or unanswered " + Words.times(it.slow())
                        + ", at worst for " + Words.duration(it.slowest());
            case Stalled it ->
                Words.time(it.at()) + " stood still for " + Words.duration(it.length()) + ": " + Words.safe(it.why());
            case AutoReload it -> "automatic reload: " + Words.safe(it.what());
            case LastHeartbeat it -> Words.time(it.at()) + " last sign of life: " + Words.safe(it.state());
            case Missing it -> "missing: " + Words.safe(it.what()) + " (" + Words.safe(it.why()) + ")";
        };
    }

    private static String crash(CrashReport it) {
        String signal =
                it.signal().isPresent() ? ", " + Signals.named(it.signal().getAsInt()) : "";
        String sender =
                it.senderPid().isPresent() ? ", sent by pid " + it.senderPid().getAsInt() : "";
        String frame = it.problematicFrame().map(at -> ", in " + Words.safe(at)).orElse("");
        return Words.of(it.kind()) + signal + sender + frame;
    }
}
