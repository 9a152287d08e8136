package io.steadyline.restart;

import io.steadyline.signal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A piece of evidence for people: one sentence that says what was seen, without its time. Text from outside is made safe. */
public final class EvidenceText {

    private static final int MAX_CHARS = 300;
    private static final double BYTES_PER_MIB = 1024.0 * 1024.0;

    private EvidenceText() {}

    /** One sentence. */
    public static String of(Evidence evidence) {
        return switch (evidence) {
            case Evidence.MachineBootChanged changed ->
                "The machine itself was started anew: its boot id was " + safe(changed.was()) + " and is "
                        + safe(changed.is()) + ".";
            case Evidence.CleanMark mark -> "It ended in order: " + safe(mark.reason()) + ".";
            case Evidence.StopAsked asked ->
                "It was asked to stop by " + safe(asked.signal())
                        + asked.sender()
                                .map(sender -> ", sent by " + safe(sender))
                                .orElse("; by whom is not known") + ".";
            case Evidence.HandOver handOver -> "It stepped aside for " + safe(handOver.to()) + ".";
            case Evidence.WaitStatus status -> witness(status.witness()) + " saw it " + ending(status) + ".";
            case Evidence.ServiceResult result -> "systemd calls the result \"" + safe(result.result()) + "\".";
            case Evidence.CrashReport report ->
                "There is a crash report, " + safe(report.file()) + ": " + crash(report) + ".";
            case Evidence.HeapExhausted heap -> "The Java heap was exhausted, says " + safe(heap.source()) + ".";
            case Evidence.OwnDecision own ->
                "It chose to end because " + why(own.reason()) + inBrackets(own.detail()) + ".";
            case Evidence.MemoryNoted noted ->
                "When it looked, the kernel's out-of-memory killer had struck " + times(noted.kills())
                        + " in its memory group" + inBrackets(noted.group()) + ".";
            case Evidence.KernelOomKill kill ->
                "The kernel's out-of-memory killer "
                        + (kill.kills() == 0 ? "did not strike" : "struck " + times(kill.kills()))
                        + inBrackets(safe(kill.source())
                                + mebibytes(", limit ", kill.limitBytes())
                                + mebibytes(", used ", kill.usageBytes()))
                        + ".";
            case Evidence.RuntimeExit exit ->
                "System.exit(" + exit.status() + ") was called by " + safe(exit.caller()) + " in thread "
                        + safe(exit.thread()) + ".";
            case Evidence.Uncaught uncaught ->
                "Nobody caught " + safe(uncaught.exception()) + " in thread " + safe(uncaught.thread()) + ", thrown at "
                        + safe(uncaught.frame()) + ".";
            case Evidence.MainReturned _ -> "The main method returned.";
            case Evidence.ProbesTroubled probes ->
                "The health endpoint was slow or silent " + times(probes.slow()) + ", for " + seconds(probes.slowest())
                        + " at worst.";
            case Evidence.Stalled stalled ->
                "The process stood still for " + seconds(stalled.length()) + ": " + safe(stalled.why()) + ".";
            case Evidence.AutoReload reload -> "A reloader may be behind it: " + safe(reload.what()) + ".";
            case Evidence.LastHeartbeat beat -> "The last sign of life, in state " + safe(beat.state()) + ".";
            case Evidence.Missing missing ->
                safe(missing.what()) + " is missing or damaged: " + safe(missing.why()) + ".";
        };
    }

    /** When it was seen or happened; empty when the evidence has no time. */
    public static Optional<Instant> at(Evidence evidence) {
        return switch (evidence) {
            case Evidence.CleanMark mark -> Optional.of(mark.at());
            case Evidence.StopAsked asked -> Optional.of(asked.at());
            case Evidence.HandOver handOver -> Optional.of(handOver.at());
            case Evidence.WaitStatus status -> Optional.of(status.at());
            case Evidence.HeapExhausted heap -> Optional.of(heap.at());
            case Evidence.OwnDecision own -> Optional.of(own.at());
            case Evidence.RuntimeExit exit -> Optional.of(exit.at());
            case Evidence.Uncaught uncaught -> Optional.of(uncaught.at());
            case Evidence.MainReturned returned -> Optional.of(returned.at());
            case Evidence.ProbesTroubled probes -> Optional.of(probes.lastAt());
            case Evidence.Stalled stalled -> Optional.of(stalled.at());
            case Evidence.LastHeartbeat beat -> Optional.of(beat.at());
            case Evidence.MachineBootChanged _,
                    Evidence.ServiceResult _,
                    Evidence.CrashReport _,
                    Evidence.MemoryNoted _,
                    Evidence.KernelOomKill _,
                    Evidence.AutoReload _,
                    Evidence.Missing _ -> Optional.empty();
        };
    }

    /** A stable word for its kind, such as {@code wait_status}; part of the admin API. */
    public static String kind(Evidence evidence) {
        return switch (evidence) {
            case Evidence.MachineBootChanged _ -> "machine_boot_changed";
            case Evidence.CleanMark _ -> "clean_mark";
            case Evidence.StopAsked _ -> "stop_asked";
            case Evidence.HandOver _ -> "hand_over";
            case Evidence.WaitStatus _ -> "wait_status";
            case Evidence.ServiceResult _ -> "service_result";
            case Evidence.CrashReport _ -> "crash_report";
            case Evidence.HeapExhausted _ -> "heap_exhausted";
            case Evidence.OwnDecision _ -> "own_decision";
            case Evidence.MemoryNoted _ -> "memory_noted";
            case Evidence.KernelOomKill _ -> "kernel_oom_kill";
            case Evidence.RuntimeExit _ -> "runtime_exit";
            case Evidence.Uncaught _ -> "uncaught";
            case Evidence.MainReturned _ -> "main_returned";
            case Evidence.ProbesTroubled _ -> "probes_troubled";
            case Evidence.Stalled _ -> "stalled";
            case Evidence.AutoReload _ -> "auto_reload";
            case Evidence.LastHeartbeat _ -> "last_heartbeat";
            case Evidence.Missing _ -> "missing";
        };
    }

    private static String witness(Evidence.Witness witness) {
        return switch (witness) {
            case KEEPER -> "The keeper";
            case SYSTEMD -> "systemd";
            case SUPERVISOR -> "A supervisor";
        };
    }

    private static String ending(Evidence.WaitStatus status) {
        if (status.signal().isPresent()) {
            return "killed by " + signal(status.signal().getAsInt());
        }
        return status.exitCode().isPresent()
                ? "exit with code " + status.exitCode().getAsInt()
                : "gone";
    }

    private static String crash(Evidence.CrashReport report) {
        String signal = name(report.signal());
        return switch (report.kind()) {
            case OUT_OF_MEMORY -> "the Java machine got no more memory";
            case SENT ->
                "somebody sent it " + signal
                        + (report.senderPid().isPresent()
                                ? ", pid " + report.senderPid().getAsInt()
                                : "");
            case NATIVE ->
                "a crash by " + signal
                        + report.problematicFrame()
                                .map(frame -> " in " + safe(frame))
                                .orElse("");
        };
    }

    private static String why(Evidence.OwnReason reason) {
        return switch (reason) {
            case DIRECT_MEMORY -> "direct memory was exhausted";
            case THREADS -> "no more threads could be started";
            case STUCK_LOOP -> "the media loop was stuck";
            case PERIODIC_TASK -> "a periodic task failed for good";
            case LOCK_LOST -> "it lost the lock of the one worker";
            case START_FAILED -> "it could not start";
        };
    }

    private static String name(OptionalInt signal) {
        return signal.isPresent() ? signal(signal.getAsInt()) : "a signal";
    }

    /** By signal(7), on x86 and ARM. */
    private static String signal(int number) {
        String name = switch (number) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 5 -> "SIGTRAP";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case 9 -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case 13 -> "SIGPIPE";
            case 14 -> "SIGALRM";
            case 15 -> "SIGTERM";
            default -> "";
        };
        return name.isEmpty() ? "signal " + number : name + " (" + number + ")";
    }

    private static String inBrackets(String text) {
        return text.isBlank() ? "" : " (" + safe(text) + ")";
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String seconds(Duration length) {
        // Never as milliseconds, which a length from a damaged record overflows.
        return String.format(Locale.ROOT, "%.1f s", length.toSeconds() + length.toNanosPart() / 1e9);
    }

    private static String mebibytes(String before, OptionalLong bytes) {
        return bytes.isPresent()
                ? before + String.format(Locale.ROOT, "%.1f MiB", bytes.getAsLong() / BYTES_PER_MIB)
                : "";
    }

    private static String safe(String text) {
        return Printable.of(text, MAX_CHARS);
    }
}
