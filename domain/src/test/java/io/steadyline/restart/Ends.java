package io.steadyline.restart;

import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.CrashReport;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.KernelOomKill;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.ProbesTroubled;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.Uncaught;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Evidence of ends at {@link #END}, and boots that ended so. */
final class Ends {

    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    static final Instant END = START.plusSeconds(600);
    static final BootIdentity BOOT = boot(41);

    private Ends() {}

    static BootIdentity boot(long number) {
        return new BootIdentity(
                "b" + number, number, START, 4242, "1.0", "abc123", "production", "machine-1", List.of("systemd"));
    }

    static WaitStatus killed(int signal) {
        return new WaitStatus(Witness.KEEPER, OptionalInt.empty(), OptionalInt.of(signal), END);
    }

    static WaitStatus exited(int code) {
        return exited(Witness.KEEPER, code);
    }

    static WaitStatus exited(Witness witness, int code) {
        return new WaitStatus(witness, OptionalInt.of(code), OptionalInt.empty(), END);
    }

    static StopAsked asked(String signal) {
        return new StopAsked(END.minusSeconds(2), signal, Optional.empty());
    }

    static StopAsked asked(String signal, String sender) {
        return new StopAsked(END.minusSeconds(2), signal, Optional.of(sender));
    }

    static CleanMark clean() {
        return new CleanMark(END, "drained");
    }

    static RuntimeExit exitBySignal(String signal, int status) {
        return new RuntimeExit(END, status, "java.lang.Terminator$1.handle(Terminator.java:51)", signal + " handler");
    }

    static RuntimeExit exitByCode(int status) {
        return new RuntimeExit(END, status, "SomeLibrary.shutdownHard(SomeLibrary.java:12)", "call-worker-3");
    }

    static Uncaught uncaught(String thread, String exception) {
        return new Uncaught(END, thread, exception, "Victim.main(Victim.java:26)");
    }

    static HeapExhausted heap(String source) {
        return new HeapExhausted(source, END);
    }

    static CrashReport crash(CrashKind kind) {
        return new CrashReport(
                "hs_err_4242.log",
                kind,
                OptionalInt.of(11),
                kind == CrashKind.SENT ? OptionalInt.of(777) : OptionalInt.empty(),
                kind == CrashKind.NATIVE ? Optional.of("C  [libc.so.6+0x167ad8]") : Optional.empty());
    }

    static KernelOomKill oomKills(long kills) {
        return new KernelOomKill(
                "memory.events", kills, OptionalLong.of(150L << 20), OptionalLong.of((150L << 20) - 4096));
    }

    static ProbesTroubled probes() {
        return new ProbesTroubled(END.minusSeconds(5), 3, Duration.ofMillis(4200));
    }

    static LastHeartbeat heartbeat() {
        return new LastHeartbeat(END, "draining, 3 calls");
    }

    static Diagnosis diagnose(Evidence... evidence) {
        return Diagnoser.diagnose(BOOT, List.of(evidence));
    }

    /** A boot that ended so many seconds after {@link #START}. */
    static BootReport report(long number, long endSeconds, Cause cause, Evidence... evidence) {
        Diagnosis diagnosis = new Diagnosis(cause, Confidence.CERTAIN, "It ended.", false, List.of(evidence));
        return report(number, endSeconds, diagnosis, List.of());
    }

    static BootReport report(long number, long endSeconds, Diagnosis diagnosis, List<CutCall> calls) {
        return new BootReport(
                boot(number),
                START.plusSeconds(endSeconds),
                Duration.ofMillis(600),
                diagnosis,
                calls,
                List.of(),
                List.of(),
                List.of());
    }
}
