package io.steadyline.restart;

import static io.steadyline.restart.Ends.END;
import static io.steadyline.restart.Ends.asked;
import static io.steadyline.restart.Ends.clean;
import static io.steadyline.restart.Ends.crash;
import static io.steadyline.restart.Ends.diagnose;
import static io.steadyline.restart.Ends.exitByCode;
import static io.steadyline.restart.Ends.exited;
import static io.steadyline.restart.Ends.heap;
import static io.steadyline.restart.Ends.heartbeat;
import static io.steadyline.restart.Ends.killed;
import static io.steadyline.restart.Ends.oomKills;
import static io.steadyline.restart.Ends.probes;
import static io.steadyline.restart.Ends.uncaught;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence.AutoReload;
import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.MachineBootChanged;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import io.steadyline.restart.Evidence.ProbesTroubled;
import io.steadyline.restart.Evidence.ServiceResult;
import io.steadyline.restart.Evidence.Stalled;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnoserTest {

    private static final HandOver HAND_OVER = new HandOver(END.minusSeconds(3), "version 1.1");
    private static final MachineBootChanged OTHER_MACHINE_BOOT = new MachineBootChanged("machine-1", "machine-2");

    private static void assertEnd(Diagnosis diagnosis, Cause cause, Confidence confidence, String... parts) {
        assertThat(diagnosis.cause()).as(diagnosis.sentence()).isEqualTo(cause);
        assertThat(diagnosis.confidence()).as(diagnosis.sentence()).isEqualTo(confidence);
        assertThat(List.of(parts))
                .allSatisfy(part -> assertThat(diagnosis.sentence()).contains(part));
    }

    @Nested
    class AnOrderlyEnd {

        @Test
        void shouldBeTheMachinesWhenItsBootIdIsAnother() {
            assertEnd(
                    diagnose(OTHER_MACHINE_BOOT, heartbeat()),
                    Cause.MACHINE_RESTART,
                    Confidence.CERTAIN,
                    "machine-1",
                    "machine-2");
        }

        @Test
        void shouldTellThatTheProcessHadEndedBeforeTheMachine() {
            assertEnd(
                    diagnose(OTHER_MACHINE_BOOT, asked("TERM"), clean()),
                    Cause.MACHINE_RESTART,
                    Confidence.LIKELY,
                    "ended in order before (drained)");
            assertEnd(
                    diagnose(OTHER_MACHINE_BOOT, killed(9)),
                    Cause.MACHINE_RESTART,
                    Confidence.LIKELY,
                    "killed by SIGKILL (9), says keeper");
        }

        @Test
        void shouldBeAnUpgradeWhenItSteppedAside() {
            assertEnd(
                    diagnose(HAND_OVER, asked("TERM"), clean(), exited(0)),
                    Cause.UPGRADE,
                    Confidence.CERTAIN,
                    "version 1.1",
                    "3.0 s later");
        }

        @Test
        void shouldBeAnUpgradeThatDidNotFinishWithoutTheCleanMark() {
            assertEnd(diagnose(HAND_OVER), Cause.UPGRADE, Confidence.LIKELY, "clean mark is missing");
            assertEnd(diagnose(HAND_OVER, exited(0)), Cause.UPGRADE, Confidence.LIKELY);
            assertEnd(diagnose(HAND_OVER, exited(7)), Cause.HALT, Confidence.CERTAIN);
            assertEnd(diagnose(HAND_OVER, exitByCode(5)), Cause.SYSTEM_EXIT, Confidence.CERTAIN);
        }

        @Test
        void shouldNameWhoAskedForAPlannedStop() {
            assertEnd(
                    diagnose(asked("SIGTERM", "pid 1 (systemd)"), clean()),
                    Cause.PLANNED_STOP,
                    Confidence.CERTAIN,
                    "SIGTERM (15) from pid 1 (systemd)",
                    "2.0 s later");
            assertEnd(
                    diagnose(asked("drain over the admin API"), clean()),
                    Cause.PLANNED_STOP,
                    Confidence.CERTAIN,
                    "asked to stop by drain over the admin API");
            assertEnd(diagnose(asked(""), clean()), Cause.PLANNED_STOP, Confidence.CERTAIN, "by an operator");
            assertEnd(diagnose(asked("INT"), clean()), Cause.PLANNED_STOP, Confidence.CERTAIN, "(Ctrl-C)");
            assertEnd(diagnose(asked("1"), clean()), Cause.PLANNED_STOP, Confidence.CERTAIN, "terminal was closed");
        }

        @Test
        void shouldSayThatNobodyIsNotedWhoAsked() {
            assertEnd(diagnose(clean(), exited(0)), Cause.PLANNED_STOP, Confidence.LIKELY, "who asked");
        }

        @Test
        void shouldTellOfTroubledProbesBesideAPlannedStop() {
            assertEnd(
                    diagnose(asked("TERM"), clean(), probes()),
                    Cause.PLANNED_STOP,
                    Confidence.CERTAIN,
                    "health check may be behind it");
        }

        @Test
        void shouldNotBePlannedWhenHooksMarkedItCleanAfterAnExitOfItsOwn() {
            assertEnd(diagnose(exitByCode(5), clean()), Cause.SYSTEM_EXIT, Confidence.CERTAIN);
            assertEnd(diagnose(new MainReturned(END), clean(), exited(0)), Cause.MAIN_RETURNED, Confidence.CERTAIN);
            assertEnd(
                    diagnose(new OwnDecision(END, OwnReason.START_FAILED, "port 5000 is taken"), clean(), exited(78)),
                    Cause.OWN_DECISION,
                    Confidence.CERTAIN);
        }
    }

    @Nested
    class ACrashReport {

        @Test
        void shouldNameTheFullHeap() {
            assertEnd(
                    diagnose(crash(CrashKind.OUT_OF_MEMORY), killed(6)),
                    Cause.JAVA_HEAP,
                    Confidence.CERTAIN,
                    "hs_err_4242.log");
        }

        @Test
        void shouldNameTheSenderOfACrashSignal() {
            assertEnd(
                    diagnose(crash(CrashKind.SENT)),
                    Cause.SENT_CRASH_SIGNAL,
                    Confidence.CERTAIN,
                    "SIGSEGV (11) was sent by pid 777");
        }

        @Test
        void shouldNameTheFrameOfACrash() {
            assertEnd(
                    diagnose(crash(CrashKind.NATIVE), killed(6)),
                    Cause.NATIVE_CRASH,
                    Confidence.CERTAIN,
                    "SIGSEGV (11) in C  [libc.so.6+0x167ad8]");
            assertEnd(diagnose(crash(CrashKind.NATIVE), exited(1)), Cause.NATIVE_CRASH, Confidence.CERTAIN);
        }

        @Test
        void shouldBeDoubtedWhenTheEndIsNotThatOfACrash() {
            assertEnd(diagnose(crash(CrashKind.NATIVE), killed(9)), Cause.NATIVE_CRASH, Confidence.LIKELY);
        }

        @Test
        void shouldSayWhenItNamesNeitherSignalNorSender() {
            Evidence bare = new Evidence.CrashReport(
                    "hs_err.log", CrashKind.SENT, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
            assertEnd(
                    diagnose(bare), Cause.SENT_CRASH_SIGNAL, Confidence.CERTAIN, "a crash signal was sent by somebody");
        }
    }

    @Nested
    class AFullHeap {

        @Test
        void shouldBeCertainWithTheMachinesWordAndItsExitCode() {
            assertEnd(
                    diagnose(heap("oom.marker"), exited(3)),
                    Cause.JAVA_HEAP,
                    Confidence.CERTAIN,
                    "oom.marker, exit code 3");
        }

        @Test
        void shouldBeLikelyWithOneOfThem() {
            assertEnd(diagnose(exited(3)), Cause.JAVA_HEAP, Confidence.LIKELY, "Exited with 3");
            assertEnd(diagnose(heap("oom.marker"), heartbeat()), Cause.JAVA_HEAP, Confidence.LIKELY);
            assertEnd(diagnose(heap("heap.hprof"), exited(1)), Cause.JAVA_HEAP, Confidence.LIKELY);
        }

        @Test
        void shouldNotExplainExitThreeOfALibrary() {
            assertEnd(diagnose(exitByCode(3), exited(3)), Cause.SYSTEM_EXIT, Confidence.CERTAIN);
        }

        @Test
        void shouldNotExplainAnEndLongAfterIt() {
            Evidence early = new HeapExhausted("heap.hprof", END.minusSeconds(11));
            assertEnd(
                    diagnose(early, heartbeat()),
                    Cause.ABRUPT,
                    Confidence.CANNOT_TELL,
                    "The Java heap had been exhausted");
            Evidence late = new HeapExhausted("heap.hprof", END.minusSeconds(10));
            assertEnd(diagnose(late, heartbeat()), Cause.JAVA_HEAP, Confidence.LIKELY);
        }

        @Test
        void shouldNotExplainASignal() {
            assertEnd(
                    diagnose(heap("heap.hprof"), killed(9), oomKills(1)),
                    Cause.KERNEL_OOM,
                    Confidence.CERTAIN,
                    "The Java heap had been exhausted");
        }
    }

    @Nested
    class AnOwnDecision {

        @ParameterizedTest
        @EnumSource(OwnReason.class)
        void shouldBeToldWithItsReason(OwnReason reason) {
            assertEnd(
                    diagnose(new OwnDecision(END, reason, "the detail"), exited(70)),
                    Cause.OWN_DECISION,
                    Confidence.CERTAIN,
                    "the detail",
                    "exit code 70");
        }

        @Test
        void shouldBeBelievedWithoutAWitness() {
            assertEnd(
                    diagnose(new OwnDecision(END, OwnReason.THREADS, "pids limit"), heartbeat()),
                    Cause.OWN_DECISION,
                    Confidence.CERTAIN);
        }

        @Test
        void shouldBeDoubtedWhenSomethingElseEndedIt() {
            OwnDecision decision = new OwnDecision(END, OwnReason.DIRECT_MEMORY, "32 MiB");
            assertEnd(diagnose(decision, killed(9)), Cause.OWN_DECISION, Confidence.LIKELY);
            OwnDecision early = new OwnDecision(END.minusSeconds(60), OwnReason.DIRECT_MEMORY, "32 MiB");
            assertEnd(diagnose(early, heartbeat()), Cause.OWN_DECISION, Confidence.LIKELY);
        }
    }

    @Nested
    class AKillByTheKernelForMemory {

        @Test
        void shouldNameLimitAndUsage() {
            assertEnd(
                    diagnose(killed(9), oomKills(1)),
                    Cause.KERNEL_OOM,
                    Confidence.CERTAIN,
                    "memory limit 150.0 MiB",
                    "memory.events, 1 kill");
        }

        @Test
        void shouldBeBelievedFromTheSupervisor() {
            assertEnd(diagnose(new ServiceResult("oom-kill")), Cause.KERNEL_OOM, Confidence.CERTAIN);
            assertEnd(
                    diagnose(exited(Witness.SUPERVISOR, 137), new ServiceResult("OOMKilled")),
                    Cause.KERNEL_OOM,
                    Confidence.CERTAIN);
        }

        @Test
        void shouldComeBeforeTheHealthCheckAndTheStop() {
            assertEnd(diagnose(killed(9), oomKills(1), probes(), asked("TERM")), Cause.KERNEL_OOM, Confidence.CERTAIN);
        }

        @Test
        void shouldBeLikelyWithoutAWitnessWhenNothingElseExplainsTheEnd() {
            assertEnd(
                    diagnose(oomKills(1), heartbeat()),
                    Cause.KERNEL_OOM,
                    Confidence.LIKELY,
                    "nobody waited for it",
                    "memory limit 150.0 MiB");
            assertEnd(
                    diagnose(oomKills(1), asked("TERM"), heartbeat()),
                    Cause.ASKED_TO_STOP,
                    Confidence.LIKELY,
                    "out-of-memory killer had struck");
            assertEnd(diagnose(oomKills(1), exited(7)), Cause.HALT, Confidence.CERTAIN);
        }

        @Test
        void shouldNotBeTakenFromAnotherProcessOfTheGroup() {
            assertEnd(diagnose(killed(9), oomKills(1), oomKills(0)), Cause.SIGKILL, Confidence.CERTAIN);
            assertEnd(diagnose(oomKills(1), oomKills(0), heartbeat()), Cause.ABRUPT, Confidence.CANNOT_TELL);
        }
    }

    @Nested
    class AHealthCheck {

        @Test
        void shouldBeCertainFromSystemdsWatchdog() {
            assertEnd(
                    diagnose(
                            new ServiceResult("watchdog"),
                            killed(6),
                            new Stalled(END, Duration.ofSeconds(31), "stopped")),
                    Cause.HEALTH_CHECK,
                    Confidence.CERTAIN,
                    "watchdog",
                    "stood still for 31.0 s");
        }

        @Test
        void shouldBeLikelyWhenProbesWereInTrouble() {
            assertEnd(
                    diagnose(probes(), asked("TERM", "pid 0 (outside of the container)"), exited(143)),
                    Cause.HEALTH_CHECK,
                    Confidence.LIKELY,
                    "3 times",
                    "4.2 s");
            assertEnd(diagnose(probes(), asked("TERM")), Cause.HEALTH_CHECK, Confidence.LIKELY);
            assertEnd(diagnose(probes(), exited(143)), Cause.HEALTH_CHECK, Confidence.LIKELY, "SIGTERM (15)");
            assertEnd(diagnose(probes(), asked("TERM"), killed(9)), Cause.HEALTH_CHECK, Confidence.LIKELY);
            assertEnd(diagnose(probes(), killed(6)), Cause.HEALTH_CHECK, Confidence.LIKELY, "SIGABRT (6)");
            assertEnd(diagnose(probes(), killed(15)), Cause.HEALTH_CHECK, Confidence.LIKELY);
        }

        @Test
        void shouldNotBeNamedForAnEndThatItDoesNotMake() {
            assertEnd(diagnose(probes(), asked("INT"), exited(130)), Cause.ASKED_TO_STOP, Confidence.CERTAIN);
            assertEnd(
                    diagnose(probes(), asked("TERM", "pid 99 (bash)"), exited(143)),
                    Cause.ASKED_TO_STOP,
                    Confidence.CERTAIN);
            assertEnd(diagnose(probes(), killed(10)), Cause.SIGNAL, Confidence.CERTAIN);
            assertEnd(diagnose(probes(), exited(7)), Cause.HALT, Confidence.CERTAIN, "health check may be behind");
            assertEnd(diagnose(probes()), Cause.ABRUPT, Confidence.CANNOT_TELL, "health check may be behind");
        }

        @Test
        void shouldNotBeNamedLongAfterTheTrouble() {
            ProbesTroubled early = new ProbesTroubled(END.minusSeconds(121), 3, Duration.ofSeconds(2));
            assertEnd(diagnose(early, killed(9)), Cause.SIGKILL, Confidence.LIKELY);
            ProbesTroubled late = new ProbesTroubled(END.minusSeconds(120), 3, Duration.ofSeconds(2));
            assertEnd(diagnose(late, killed(9)), Cause.HEALTH_CHECK, Confidence.LIKELY);
        }
    }

    @Nested
    class AStopThatWasAskedFor {

        @Test
        void shouldHaveTimedOutWhenItWasKilled() {
            assertEnd(
                    diagnose(asked("TERM", "pid 1 (systemd)"), killed(9), heartbeat()),
                    Cause.STOP_TIMED_OUT,
                    Confidence.CERTAIN,
                    "from pid 1 (systemd)",
                    "killed by SIGKILL (9) 2.0 s later",
                    "draining, 3 calls");
            assertEnd(
                    diagnose(HAND_OVER, killed(9)),
                    Cause.STOP_TIMED_OUT,
                    Confidence.LIKELY,
                    "stepping aside for version 1.1");
        }

        @Test
        void shouldHaveTimedOutWhenSystemdSaysSo() {
            assertEnd(
                    diagnose(new ServiceResult("timeout"), killed(9)),
                    Cause.STOP_TIMED_OUT,
                    Confidence.LIKELY,
                    "systemd");
            assertEnd(
                    diagnose(new ServiceResult("timeout"), asked("TERM"), killed(9)),
                    Cause.STOP_TIMED_OUT,
                    Confidence.CERTAIN);
        }

        @ParameterizedTest
        @CsvSource({"TERM, 143, SIGTERM (15)", "INT, 130, SIGINT (2)", "HUP, 129, SIGHUP (1)"})
        void shouldBeAskedToStopWithTheCodeOfTheSignal(String signal, int code, String named) {
            assertEnd(
                    diagnose(asked(signal), exited(code)),
                    Cause.ASKED_TO_STOP,
                    Confidence.CERTAIN,
                    named,
                    "exited with " + code);
            assertEnd(diagnose(exited(code)), Cause.ASKED_TO_STOP, Confidence.LIKELY, named, "it noted nothing");
            assertEnd(diagnose(asked(signal)), Cause.ASKED_TO_STOP, Confidence.LIKELY, named, "was not seen");
        }

        @Test
        void shouldBeAskedToStopWhenTheSignalItselfEndedIt() {
            assertEnd(diagnose(asked("TERM"), killed(15)), Cause.ASKED_TO_STOP, Confidence.LIKELY);
            assertEnd(diagnose(asked("TERM"), exited(0)), Cause.ASKED_TO_STOP, Confidence.LIKELY);
            assertEnd(
                    diagnose(asked("TERM"), exited(Witness.SUPERVISOR, 143)),
                    Cause.ASKED_TO_STOP,
                    Confidence.CERTAIN,
                    "says supervisor");
        }

        @Test
        void shouldNotHideAnEndOfItsOwnKind() {
            assertEnd(diagnose(asked("TERM"), exitByCode(5), exited(5)), Cause.SYSTEM_EXIT, Confidence.CERTAIN);
            assertEnd(diagnose(asked("TERM"), exited(7)), Cause.HALT, Confidence.CERTAIN);
            assertEnd(diagnose(exitByCode(143), exited(143)), Cause.SYSTEM_EXIT, Confidence.CERTAIN);
        }

        @Test
        void shouldBeKnownFromTheExitOfTheJdksOwnHandler() {
            Evidence exit = new Evidence.RuntimeExit(END, 143, "java.lang.Terminator$1.handle", "some thread");
            assertEnd(diagnose(exit), Cause.ASKED_TO_STOP, Confidence.LIKELY, "SIGTERM (15)");
            Evidence odd = new Evidence.RuntimeExit(END, 0, "java.lang.Terminator$1.handle", "some thread");
            assertEnd(diagnose(odd), Cause.ASKED_TO_STOP, Confidence.LIKELY, "by signal");
        }
    }

    @Nested
    class ASignalFromOutside {

        @Test
        void shouldBeCertainOnlyWhenSomebodyLookedForTheKernel() {
            assertEnd(diagnose(killed(9)), Cause.SIGKILL, Confidence.LIKELY, "no sign of the kernel");
            assertEnd(diagnose(killed(9), oomKills(0)), Cause.SIGKILL, Confidence.CERTAIN, "did not strike");
            assertEnd(diagnose(killed(9), new ServiceResult("signal")), Cause.SIGKILL, Confidence.CERTAIN);
        }

        @Test
        void shouldBeReadFromASupervisorsCode() {
            assertEnd(diagnose(exited(Witness.SUPERVISOR, 137)), Cause.SIGKILL, Confidence.LIKELY, "supervisor");
            assertEnd(diagnose(exited(Witness.KEEPER, 137)), Cause.HALT, Confidence.CERTAIN);
        }

        @Test
        void shouldBeNamed() {
            assertEnd(diagnose(killed(10)), Cause.SIGNAL, Confidence.CERTAIN, "SIGUSR1 (10)", "seen by keeper");
            assertEnd(diagnose(killed(24)), Cause.SIGNAL, Confidence.CERTAIN, "SIGXCPU (24)");
            assertEnd(diagnose(killed(15)), Cause.SIGNAL, Confidence.CERTAIN, "SIGTERM (15)", "-Xrs");
            assertEnd(diagnose(killed(6)), Cause.SIGNAL, Confidence.LIKELY, "SIGABRT (6)", "no crash report");
            assertEnd(diagnose(killed(34)), Cause.SIGNAL, Confidence.CERTAIN, "signal 34");
        }

        @Test
        void shouldBeTakenFromTheNearestWitness() {
            WaitStatus ofTheKeeper = exited(Witness.SYSTEMD, 0);
            assertEnd(diagnose(ofTheKeeper, killed(10)), Cause.SIGNAL, Confidence.CERTAIN);
        }
    }

    @Nested
    class AnExit {

        @Test
        void shouldNameClassLineAndThread() {
            assertEnd(
                    diagnose(exitByCode(5), exited(5)),
                    Cause.SYSTEM_EXIT,
                    Confidence.CERTAIN,
                    "System.exit(5) by SomeLibrary.shutdownHard(SomeLibrary.java:12) in thread call-worker-3");
        }

        @Test
        void shouldBeDoubtedWhenTheCodeIsAnother() {
            assertEnd(diagnose(exitByCode(5), exited(6)), Cause.SYSTEM_EXIT, Confidence.LIKELY, "then exited with 6");
        }

        @Test
        void shouldBeToldWhenTheHooksAfterItWereKilled() {
            assertEnd(
                    diagnose(exitByCode(5), killed(9)),
                    Cause.SIGKILL,
                    Confidence.LIKELY,
                    "Before that, System.exit(5)");
        }

        @Test
        void shouldBeAHaltWhenNobodyCalledForIt() {
            assertEnd(diagnose(exited(7)), Cause.HALT, Confidence.CERTAIN, "Exited with 7 (seen by keeper)");
            assertEnd(diagnose(exited(70)), Cause.HALT, Confidence.LIKELY, "own decision");
            assertEnd(diagnose(exited(1)), Cause.HALT, Confidence.LIKELY, "could not start");
            assertEnd(diagnose(exited(0)), Cause.HALT, Confidence.LIKELY);
        }

        @Test
        void shouldBeDoubtedWhenNotesAreMissing() {
            assertEnd(diagnose(exited(7), new Missing(Missing.LIFE_NOTES, "torn")), Cause.HALT, Confidence.LIKELY);
            assertEnd(diagnose(exited(7), new Missing("slots", "none")), Cause.HALT, Confidence.CERTAIN);
        }
    }

    @Nested
    class TheMainMethod {

        private final Evidence thrown = uncaught("main", "java.lang.IllegalStateException: boom");

        @Test
        void shouldNameWhatNobodyCaught() {
            assertEnd(
                    diagnose(thrown, exited(1)),
                    Cause.UNCAUGHT_IN_MAIN,
                    Confidence.CERTAIN,
                    "java.lang.IllegalStateException: boom at Victim.main(Victim.java:26)");
            assertEnd(diagnose(thrown, heartbeat()), Cause.UNCAUGHT_IN_MAIN, Confidence.LIKELY);
            assertEnd(diagnose(thrown, clean()), Cause.UNCAUGHT_IN_MAIN, Confidence.LIKELY);
            assertEnd(diagnose(thrown, new MainReturned(END)), Cause.UNCAUGHT_IN_MAIN, Confidence.CERTAIN);
        }

        @Test
        void shouldNotBeBlamedForWhatCameLongAfterwards() {
            LastHeartbeat later = new LastHeartbeat(END.plusSeconds(11), "serving");
            assertEnd(diagnose(thrown, later), Cause.ABRUPT, Confidence.CANNOT_TELL, "nobody had caught");
            assertEnd(diagnose(thrown), Cause.ABRUPT, Confidence.CANNOT_TELL);
            assertEnd(
                    diagnose(thrown, killed(9)), Cause.SIGKILL, Confidence.LIKELY, "In thread main nobody had caught");
        }

        @Test
        void shouldBeToldWhenItReturned() {
            assertEnd(diagnose(new MainReturned(END)), Cause.MAIN_RETURNED, Confidence.CERTAIN);
            assertEnd(diagnose(new MainReturned(END), exited(0)), Cause.MAIN_RETURNED, Confidence.CERTAIN);
            assertEnd(diagnose(new MainReturned(END), exited(4)), Cause.MAIN_RETURNED, Confidence.LIKELY);
        }
    }

    @Nested
    class AnAbruptEnd {

        @Test
        void shouldListWhatItMayHaveBeenAndHowToKnow() {
            assertEnd(
                    diagnose(heartbeat()),
                    Cause.ABRUPT,
                    Confidence.CANNOT_TELL,
                    "Process 4242",
                    "draining, 3 calls",
                    "one of SIGKILL, kernel OOM, halt or power",
                    "run `serve --keep-calls` or under systemd to know");
            assertEnd(diagnose(), Cause.ABRUPT, Confidence.CANNOT_TELL);
        }

        @Test
        void shouldLeaveOutTheKernelWhenItDidNotStrike() {
            assertEnd(
                    diagnose(oomKills(0), heartbeat()),
                    Cause.ABRUPT,
                    Confidence.CANNOT_TELL,
                    "one of SIGKILL, halt or power",
                    "killer did not strike");
        }

        @Test
        void shouldNotBeNamedByAWitnessThatSawNeitherCodeNorSignal() {
            WaitStatus nothing = new WaitStatus(Witness.KEEPER, OptionalInt.empty(), OptionalInt.empty(), END);
            assertEnd(diagnose(nothing), Cause.ABRUPT, Confidence.CANNOT_TELL);
        }

        @Test
        void shouldTellWhatHadBeenWrongBefore() {
            assertEnd(
                    diagnose(
                            uncaught("worker-1", "java.lang.StackOverflowError"),
                            new Stalled(END, Duration.ofSeconds(2), "garbage collection")),
                    Cause.ABRUPT,
                    Confidence.CANNOT_TELL,
                    "In thread worker-1 nobody had caught java.lang.StackOverflowError",
                    "stood still for 2.0 s");
        }
    }

    @Nested
    class AnAutomaticReload {

        private final AutoReload reload = new AutoReload("gateway.jar changed 1.2 s before");

        @Test
        void shouldBeAddedToAnyCause() {
            assertThat(diagnose(reload, asked("TERM"), clean()).autoReload()).isTrue();
            assertEnd(
                    diagnose(reload, killed(9)),
                    Cause.SIGKILL,
                    Confidence.LIKELY,
                    "looks like an automatic reload: gateway.jar changed");
            assertThat(diagnose(killed(9)).autoReload()).isFalse();
        }
    }

    @Test
    void shouldKeepAllEvidence() {
        assertThat(diagnose(heartbeat(), killed(9)).evidence()).containsExactly(heartbeat(), killed(9));
    }

    @Test
    void shouldKeepTextFromOutsideOnOneLine() {
        Diagnosis diagnosis = diagnose(uncaught("main", "java.lang.Error: a\nb\u001b[31m"), exited(1));
        assertThat(diagnosis.sentence()).contains("a\\u000ab\\u001b[31m").doesNotContain("\n");
    }
}
