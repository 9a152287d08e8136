package io.steadyline.journal.boots;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Diagnosis;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.OwnReason;
import io.steadyline.restart.Evidence.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Boots, reports and one of each kind of evidence. */
final class Boots {

    static final Instant START = Instant.parse("2026-01-01T12:00:00.123456789Z");

    private Boots() {}

    static BootIdentity boot(long number) {
        return new BootIdentity(
                "boot" + number, number, START, 4242, "1.0", "abc123", "production", "machine-1", List.of("systemd"));
    }

    static CutCall call(String id, Fate fate) {
        return new CutCall(
                id, "MZ" + id, "twilio", START, Duration.ofSeconds(83), START, 4150, 2000, 3, 60, 2, true, fate);
    }

    static BootReport report(long number, Instant endedAt) {
        Diagnosis diagnosis = new Diagnosis(Cause.SIGKILL, Confidence.LIKELY, "Killed: ä \"x\"", true, everyKind());
        return new BootReport(
                boot(number),
                endedAt,
                Duration.ofMillis(640),
                diagnosis,
                List.of(call("CA1", Fate.ADOPTED), call("CA2", Fate.CUT)),
                List.of("before"),
                List.of("after"),
                List.of("damage"));
    }

    /** Options both full and empty. */
    static List<Evidence> everyKind() {
        return List.of(
                new Evidence.MachineBootChanged("a", "b"),
                new Evidence.CleanMark(START, "drained"),
                new Evidence.StopAsked(START, "TERM", Optional.of("pid 1")),
                new Evidence.StopAsked(START, "TERM", Optional.empty()),
                new Evidence.HandOver(START, "1.1"),
                new Evidence.WaitStatus(Witness.KEEPER, OptionalInt.of(3), OptionalInt.empty(), START),
                new Evidence.WaitStatus(Witness.SYSTEMD, OptionalInt.empty(), OptionalInt.of(9), START),
                new Evidence.ServiceResult("watchdog"),
                new Evidence.CrashReport(
                        "hs_err", CrashKind.SENT, OptionalInt.of(11), OptionalInt.of(777), Optional.empty()),
                new Evidence.CrashReport(
                        "hs_err", CrashKind.NATIVE, OptionalInt.empty(), OptionalInt.empty(), Optional.of("libc")),
                new Evidence.HeapExhausted("marker", START),
                new Evidence.OwnDecision(START, OwnReason.THREADS, "no thread"),
                new Evidence.KernelOomKill("memory.events", 1, OptionalLong.of(1L << 40), OptionalLong.empty()),
                new Evidence.RuntimeExit(START, 5, "Library.close(Library.java:12)", "worker"),
                new Evidence.Uncaught(START, "worker", "Error: line\nbreak", "X.y"),
                new Evidence.MainReturned(START),
                new Evidence.ProbesTroubled(START, 3, Duration.ofMillis(4200)),
                new Evidence.Stalled(START, Duration.ofSeconds(2), "GC"),
                new Evidence.AutoReload("nodemon"),
                new Evidence.LastHeartbeat(START, "serving"),
                new Evidence.Missing("slots", "no file"));
    }
}
