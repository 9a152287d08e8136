package io.steadyline.restart;

import static io.steadyline.restart.Ends.asked;
import static io.steadyline.restart.Ends.clean;
import static io.steadyline.restart.Ends.crash;
import static io.steadyline.restart.Ends.exitByCode;
import static io.steadyline.restart.Ends.exitBySignal;
import static io.steadyline.restart.Ends.exited;
import static io.steadyline.restart.Ends.heap;
import static io.steadyline.restart.Ends.heartbeat;
import static io.steadyline.restart.Ends.killed;
import static io.steadyline.restart.Ends.oomKills;
import static io.steadyline.restart.Ends.uncaught;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.MainReturned;
import io.steadyline.restart.Evidence.WaitStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real processes left behind when they died in these ways, as far as this program's own recorder writes it. */
class DeathsOfTheLabTest {

    /**
     * @param causes those that say what happened
     * @param status what a waiting parent sees
     * @param own what the process leaves by itself
     * @param parents what only a parent can see beside the status: the output, the counters of the memory group
     */
    record Death(String name, Set<Cause> causes, WaitStatus status, List<Evidence> own, List<Evidence> parents) {
        @Override
        public String toString() {
            return name;
        }

        List<Evidence> withoutParent() {
            List<Evidence> found = new ArrayList<>(own);
            found.add(heartbeat());
            return found;
        }

        List<Evidence> withParent() {
            List<Evidence> found = withoutParent();
            found.add(status);
            found.addAll(parents);
            return found;
        }
    }

    private static Death death(String name, Cause cause, WaitStatus status, Evidence... own) {
        return new Death(name, EnumSet.of(cause), status, List.of(own), List.of());
    }

    private static Death seenByParent(String name, Cause cause, WaitStatus status, Evidence... parents) {
        return new Death(name, EnumSet.of(cause), status, List.of(), List.of(parents));
    }

    static Stream<Death> deaths() {
        return Stream.of(
                death("sigterm", Cause.PLANNED_STOP, exited(143), asked("TERM"), exitBySignal("SIGTERM", 143), clean()),
                death("sigterm-nohandler", Cause.PLANNED_STOP, exited(143), exitBySignal("SIGTERM", 143), clean()),
                death("sigint", Cause.PLANNED_STOP, exited(130), asked("INT"), exitBySignal("SIGINT", 130), clean()),
                death("sighup", Cause.PLANNED_STOP, exited(129), asked("HUP"), exitBySignal("SIGHUP", 129), clean()),
                seenByParent("sigterm-Xrs", Cause.SIGNAL, killed(15)),
                seenByParent("sigkill", Cause.SIGKILL, killed(9)),
                seenByParent("sigabrt", Cause.SIGNAL, killed(6)),
                death("sigsegv-sent", Cause.SENT_CRASH_SIGNAL, killed(6), crash(CrashKind.SENT)),
                seenByParent("sigusr1", Cause.SIGNAL, killed(10)),
                seenByParent("sigxcpu", Cause.SIGNAL, killed(24)),
                new Death(
                        "hook-hang",
                        // Alone it knows that it was asked and did not finish, which is true as well.
                        EnumSet.of(Cause.STOP_TIMED_OUT, Cause.ASKED_TO_STOP),
                        killed(9),
                        List.of(asked("TERM"), exitBySignal("SIGTERM", 143)),
                        List.of()),
                death(
                        "oom-noflag-main",
                        Cause.UNCAUGHT_IN_MAIN,
                        exited(1),
                        uncaught("main", "java.lang.OutOfMemoryError: Java heap space"),
                        clean()),
                seenByParent("oom-exit", Cause.JAVA_HEAP, exited(3), heap("standard output")),
                death("oom-exit-dump", Cause.JAVA_HEAP, exited(3), heap("heap.hprof")),
                death("oom-crash", Cause.JAVA_HEAP, killed(6), crash(CrashKind.OUT_OF_MEMORY)),
                death("oom-onoom-exit", Cause.JAVA_HEAP, exited(3), heap("oom.marker")),
                seenByParent("oom-array-exit", Cause.JAVA_HEAP, exited(3), heap("standard output")),
                death(
                        "uncaught-main",
                        Cause.UNCAUGHT_IN_MAIN,
                        exited(1),
                        uncaught("main", "java.lang.IllegalStateException: boom"),
                        clean()),
                death(
                        "uncaught-main-nd",
                        Cause.UNCAUGHT_IN_MAIN,
                        exited(1),
                        uncaught("main", "java.lang.IllegalStateException: boom"),
                        new MainReturned(Ends.END)),
                seenByParent("halt", Cause.HALT, exited(7)),
                death("exit-lib", Cause.SYSTEM_EXIT, exited(5), exitByCode(5), clean()),
                death("exit-vt", Cause.SYSTEM_EXIT, exited(5), exitByCode(5), clean()),
                death("segv", Cause.NATIVE_CRASH, killed(6), crash(CrashKind.NATIVE)),
                seenByParent("abort", Cause.SIGNAL, killed(6)),
                seenByParent("native-exit", Cause.HALT, exited(9)),
                seenByParent("c-exit", Cause.HALT, exited(9)),
                death("main-returns", Cause.MAIN_RETURNED, exited(0), new MainReturned(Ends.END), clean()),
                seenByParent("cgroup-oom", Cause.KERNEL_OOM, killed(9), oomKills(1)));
    }

    @Test
    void shouldBeAllTwentyEight() {
        assertThat(deaths()).hasSize(28);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void shouldBeNamedRightWithAWaitingParent(Death death) {
        Diagnosis diagnosis = Diagnoser.diagnose(Ends.BOOT, death.withParent());
        assertThat(diagnosis.cause()).as(diagnosis.sentence()).isIn(death.causes());
        assertThat(diagnosis.confidence()).isNotEqualTo(Confidence.CANNOT_TELL);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void shouldBeNamedRightOrNotAtAllWithoutAParent(Death death) {
        Diagnosis diagnosis = Diagnoser.diagnose(Ends.BOOT, death.withoutParent());
        if (diagnosis.cause() == Cause.ABRUPT) {
            assertThat(diagnosis.confidence()).isEqualTo(Confidence.CANNOT_TELL);
        } else {
            assertThat(diagnosis.cause()).as(diagnosis.sentence()).isIn(death.causes());
        }
    }

    @Test
    void shouldStayUnnamedAloneOnlyForTheTwelveThatLeaveNothing() {
        assertThat(deaths().filter(death -> Diagnoser.diagnose(Ends.BOOT, death.withoutParent())
                                        .cause()
                                == Cause.ABRUPT)
                        .map(Death::name))
                .containsExactlyInAnyOrder(
                        "sigterm-Xrs",
                        "sigkill",
                        "sigabrt",
                        "sigusr1",
                        "sigxcpu",
                        "oom-exit",
                        "oom-array-exit",
                        "halt",
                        "abort",
                        "native-exit",
                        "c-exit",
                        "cgroup-oom");
    }
}
