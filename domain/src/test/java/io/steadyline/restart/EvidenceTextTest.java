package io.steadyline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTextTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    static List<Arguments> kinds() {
        return List.of(
                kind(
                        new Evidence.MachineBootChanged("aaa", "bbb"),
                        "machine_boot_changed",
                        "The machine itself was started anew: its boot id was aaa and is bbb."),
                timed(new Evidence.CleanMark(AT, "drained"), "clean_mark", "It ended in order: drained."),
                timed(
                        new Evidence.StopAsked(AT, "SIGTERM", Optional.of("pid 17 (dockerd)")),
                        "stop_asked",
                        "It was asked to stop by SIGTERM, sent by pid 17 (dockerd)."),
                timed(
                        new Evidence.StopAsked(AT, "SIGTERM", Optional.empty()),
                        "stop_asked",
                        "It was asked to stop by SIGTERM; by whom is not known."),
                timed(new Evidence.HandOver(AT, "version 0.2.0"), "hand_over", "It stepped aside for version 0.2.0."),
                timed(
                        new Evidence.WaitStatus(Evidence.Witness.KEEPER, OptionalInt.of(3), OptionalInt.empty(), AT),
                        "wait_status",
                        "The keeper saw it exit with code 3."),
                timed(
                        new Evidence.WaitStatus(Evidence.Witness.SYSTEMD, OptionalInt.empty(), OptionalInt.of(9), AT),
                        "wait_status",
                        "systemd saw it killed by SIGKILL (9)."),
                timed(
                        new Evidence.WaitStatus(
                                Evidence.Witness.SUPERVISOR, OptionalInt.empty(), OptionalInt.of(31), AT),
                        "wait_status",
                        "A supervisor saw it killed by signal 31."),
                kind(
                        new Evidence.ServiceResult("oom-kill"),
                        "service_result",
                        "systemd calls the result \"oom-kill\"."),
                kind(
                        crash(Evidence.CrashKind.OUT_OF_MEMORY, OptionalInt.empty(), OptionalInt.empty(), ""),
                        "crash_report",
                        "There is a crash report, hs_err_pid7.log: the Java machine got no more memory."),
                kind(
                        crash(Evidence.CrashKind.SENT, OptionalInt.of(11), OptionalInt.of(42), ""),
                        "crash_report",
                        "There is a crash report, hs_err_pid7.log: somebody sent it SIGSEGV (11), pid 42."),
                kind(
                        crash(Evidence.CrashKind.NATIVE, OptionalInt.of(11), OptionalInt.empty(), "C [libc.so.6+0x1]"),
                        "crash_report",
                        "There is a crash report, hs_err_pid7.log: a crash by SIGSEGV (11) in C [libc.so.6+0x1]."),
                kind(
                        crash(Evidence.CrashKind.NATIVE, OptionalInt.empty(), OptionalInt.empty(), ""),
                        "crash_report",
                        "There is a crash report, hs_err_pid7.log: a crash by a signal."),
                timed(
                        new Evidence.HeapExhausted("the process's own output", AT),
                        "heap_exhausted",
                        "The Java heap was exhausted, says the process's own output."),
                timed(
                        new Evidence.OwnDecision(AT, Evidence.OwnReason.DIRECT_MEMORY, "32 MiB"),
                        "own_decision",
                        "It chose to end because direct memory was exhausted (32 MiB)."),
                timed(
                        new Evidence.OwnDecision(AT, Evidence.OwnReason.STUCK_LOOP, ""),
                        "own_decision",
                        "It chose to end because the media loop was stuck."),
                kind(
                        new Evidence.KernelOomKill(
                                "memory.oom_control", 1, OptionalLong.of(157_286_400), OptionalLong.of(157_286_401)),
                        "kernel_oom_kill",
                        "The kernel's out-of-memory killer struck once (memory.oom_control, limit 150.0 MiB, used 150.0"
                                + " MiB)."),
                kind(
                        new Evidence.KernelOomKill("memory.events", 0, OptionalLong.empty(), OptionalLong.empty()),
                        "kernel_oom_kill",
                        "The kernel's out-of-memory killer did not strike (memory.events)."),
                kind(
                        new Evidence.MemoryNoted("/sys/fs/cgroup/gw", 7, 2),
                        "memory_noted",
                        "When it looked, the kernel's out-of-memory killer had struck 2 times in its memory group"
                                + " (/sys/fs/cgroup/gw)."),
                kind(
                        new Evidence.KernelOomKill("dmesg", 2, OptionalLong.empty(), OptionalLong.empty()),
                        "kernel_oom_kill",
                        "The kernel's out-of-memory killer struck 2 times (dmesg)."),
                timed(
                        new Evidence.RuntimeExit(AT, 5, "com.example.Plugin.stop(Plugin.java:12)", "worker-1"),
                        "runtime_exit",
                        "System.exit(5) was called by com.example.Plugin.stop(Plugin.java:12) in thread worker-1."),
                timed(
                        new Evidence.Uncaught(AT, "main", "java.lang.IllegalStateException", "Main.main(Main.java:3)"),
                        "uncaught",
                        "Nobody caught java.lang.IllegalStateException in thread main, thrown at"
                                + " Main.main(Main.java:3)."),
                timed(new Evidence.MainReturned(AT), "main_returned", "The main method returned."),
                timed(
                        new Evidence.ProbesTroubled(AT, 3, Duration.ofMillis(2_340)),
                        "probes_troubled",
                        "The health endpoint was slow or silent 3 times, for 2.3 s at worst."),
                timed(
                        new Evidence.Stalled(AT, Duration.ofMillis(2_004), "the process was stopped"),
                        "stalled",
                        "The process stood still for 2.0 s: the process was stopped."),
                kind(
                        new Evidence.AutoReload("nodemon is a parent"),
                        "auto_reload",
                        "A reloader may be behind it: nodemon is a parent."),
                timed(
                        new Evidence.LastHeartbeat(AT, "serving"),
                        "last_heartbeat",
                        "The last sign of life, in state serving."),
                kind(
                        new Evidence.Missing("recorder", "no such file"),
                        "missing",
                        "recorder is missing or damaged: no such file."));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldBeOneSentenceWithAKindAndATime(Evidence evidence, String kind, String sentence, Optional<Instant> at) {
        assertThat(EvidenceText.of(evidence)).isEqualTo(sentence);
        assertThat(EvidenceText.kind(evidence)).isEqualTo(kind);
        assertThat(EvidenceText.at(evidence)).isEqualTo(at);
    }

    @Test
    void shouldKnowEveryKindThatThereIs() {
        assertThat(kinds().stream().map(row -> row.get()[0].getClass()).collect(Collectors.toSet()))
                .isEqualTo(
                        Arrays.stream(Evidence.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayEveryReasonOfOurOwn(Evidence.OwnReason reason) {
        assertThat(EvidenceText.of(new Evidence.OwnDecision(AT, reason, "")))
                .startsWith("It chose to end because ")
                .endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "1, SIGHUP (1)", "2, SIGINT (2)", "3, SIGQUIT (3)", "4, SIGILL (4)", "5, SIGTRAP (5)", "6, SIGABRT (6)",
        "7, SIGBUS (7)", "8, SIGFPE (8)", "10, signal 10", "13, SIGPIPE (13)", "14, SIGALRM (14)", "15, SIGTERM (15)"
    })
    void shouldNameTheSignal(int number, String name) {
        assertThat(EvidenceText.of(new Evidence.WaitStatus(
                        Evidence.Witness.KEEPER, OptionalInt.empty(), OptionalInt.of(number), AT)))
                .isEqualTo("The keeper saw it killed by " + name + ".");
    }

    @Test
    void shouldMakeTextFromOutsideSafe() {
        String hostile = "x\nERROR all is lost" + "y".repeat(1_000);
        List<String> sentences = Stream.of(
                        new Evidence.CleanMark(AT, hostile),
                        new Evidence.StopAsked(AT, hostile, Optional.of(hostile)),
                        new Evidence.Uncaught(AT, hostile, hostile, hostile),
                        new Evidence.Missing(hostile, hostile))
                .map(EvidenceText::of)
                .toList();
        assertThat(sentences)
                .allSatisfy(sentence -> assertThat(sentence)
                        .doesNotContain("\n")
                        .contains("x\\u000aERROR")
                        .hasSizeLessThan(1_100));
    }

    private static Arguments kind(Evidence evidence, String kind, String sentence) {
        return Arguments.of(evidence, kind, sentence, Optional.empty());
    }

    private static Arguments timed(Evidence evidence, String kind, String sentence) {
        return Arguments.of(evidence, kind, sentence, Optional.of(AT));
    }

    private static Evidence crash(Evidence.CrashKind kind, OptionalInt signal, OptionalInt sender, String frame) {
        return new Evidence.CrashReport(
                "hs_err_pid7.log", kind, signal, sender, Optional.of(frame).filter(text -> !text.isEmpty()));
    }
}
