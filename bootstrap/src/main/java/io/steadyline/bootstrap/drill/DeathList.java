package io.steadyline.bootstrap.drill;

import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_ASKED_TO_STOP;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_HALT;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_HEALTH_CHECK;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_JAVA_HEAP;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_KERNEL_OOM;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_MACHINE_RESTART;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_NATIVE_CRASH;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_OWN_DECISION;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_PLANNED_STOP;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_SENT_CRASH_SIGNAL;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_SIGKILL;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_SIGNAL;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_STOP_TIMED_OUT;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_SYSTEM_EXIT;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_UNCAUGHT_IN_MAIN;
import static io.steadyline.admin.v1.BootEndCause.BOOT_END_CAUSE_UPGRADE;

import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.bootstrap.drill.Death.Course;
import io.steadyline.bootstrap.drill.Death.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All ends that one Linux machine can produce, and those that it cannot, with the reason. */
final class DeathList {

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int SIGUSR1 = 10;
    private static final int SIGSEGV = 11;
    private static final int SIGTERM = 15;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Of the kinds that a row names and that are not done here, and why; for the table. */
    static final List<String> NOT_DONE = List.of(
            "rows 9, 10 and 11, systemd says `watchdog`, `timeout`, `oom-kill`: needs systemd as the parent; held by"
                    + " unit tests",
            "row 13, killed within the milliseconds between the note of handing over and the clean mark: no script"
                    + " meets them; held by unit tests",
            "row 19, main returns: it waits for ever, there is no way out of it",
            "a refused configuration: exit 78 before a boot begins; there is no end to explain",
            "a second worker: nobody dies; exit 78, `fault second-worker`",
            "an exception that nobody catches, in another thread than main: nobody dies; `fault uncaught`");

    private DeathList() {}

    /** In an order in which few processes have to be started. */
    static List<Death> all(HealthProbe probe, Obstacles obstacles) {
        return Stream.of(signals(), stops(), ownTraces(), ownDecisions(obstacles), others(probe, obstacles))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Death> signals() {
        return List.of(
                Death.of(14, "`kill -9`", BOOT_END_CAUSE_SIGKILL, victim -> victim.signalWorker(SIGKILL)),
                Death.of(15, "`kill -ABRT`", BOOT_END_CAUSE_SIGNAL, victim -> victim.signalWorker(SIGABRT))
                        .saying("SIGABRT"),
                Death.of(15, "`kill -USR1`", BOOT_END_CAUSE_SIGNAL, victim -> victim.signalWorker(SIGUSR1))
                        .saying("SIGUSR1"),
                Death.of(5, "`kill -SEGV`", BOOT_END_CAUSE_SENT_CRASH_SIGNAL, victim -> victim.signalWorker(SIGSEGV))
                        .saying("sent by pid " + ProcessHandle.current().pid()),
                Death.of(2, "`steadyline upgrade`", BOOT_END_CAUSE_UPGRADE, Obstacles::upgrade)
                        .then(Course.NEEDS_A_KEEPER));
    }

    private static List<Death> stops() {
        Map<String, String> patient = Map.of("STEADYLINE_DRAIN_GRACE", "60 s");
        return List.of(
                Death.of(3, "SIGTERM, the call ends by itself", BOOT_END_CAUSE_PLANNED_STOP, victim -> {
                            victim.call(Duration.ofSeconds(1));
                            victim.signalService(SIGTERM);
                        })
                        .saying("SIGTERM")
                        .then(Course.KEEPER_ENDS),
                Death.of(3, "SIGINT", BOOT_END_CAUSE_PLANNED_STOP, victim -> victim.signalService(SIGINT))
                        .saying("SIGINT")
                        .then(Course.KEEPER_ENDS),
                Death.of(
                                3,
                                "SIGHUP, in development",
                                BOOT_END_CAUSE_PLANNED_STOP,
                                victim -> victim.signalService(SIGHUP))
                        .saying("SIGHUP")
                        .then(Course.KEEPER_ENDS),
                Death.of(3, "SIGTERM, a call is left when the grace ends", BOOT_END_CAUSE_PLANNED_STOP, victim -> {
                            victim.call(LONG);
                            victim.signalService(SIGTERM);
                        })
                        .saying("SIGTERM")
                        .with(Map.of("STEADYLINE_DRAIN_GRACE", "1 s"))
                        .then(Course.KEEPER_ENDS),
                Death.of(3, "SIGTERM twice, with a call", BOOT_END_CAUSE_PLANNED_STOP, victim -> {
                            victim.call(LONG);
                            victim.signalService(SIGTERM);
                            victim.gateway().awaitLine("drain on", 0);
                            victim.signalService(SIGTERM);
                        })
                        .saying("SIGTERM")
                        .with(patient)
                        .then(Course.KEEPER_ENDS),
                Death.of(11, "SIGTERM with a call, then `kill -9`", BOOT_END_CAUSE_STOP_TIMED_OUT, victim -> {
                            victim.call(LONG);
                            victim.signalService(SIGTERM);
                            victim.gateway().awaitLine("drain on", 0);
                            victim.signalWorker(SIGKILL);
                        })
                        .orAlone(BOOT_END_CAUSE_ASKED_TO_STOP)
                        .saying("SIGTERM")
                        .with(patient)
                        .then(Course.KEEPER_ENDS),
                Death.of(11, "SIGTERM, the stop hangs, killed 2 s later", BOOT_END_CAUSE_STOP_TIMED_OUT, victim -> {
                            victim.signalService(SIGTERM);
                            if (!victim.hasKeeper()) {
                                KeptCalls.pause(Duration.ofSeconds(2));
                                victim.signalWorker(SIGKILL);
                            }
                        })
                        .orAlone(BOOT_END_CAUSE_ASKED_TO_STOP)
                        .saying("SIGTERM")
                        .with(Map.of("STEADYLINE_FAULT", "stop-hangs", "STEADYLINE_STOP_TIMEOUT", "2"))
                        .then(Course.KEEPER_ENDS),
                Death.of(
                                12,
                                "SIGTERM before it serves",
                                BOOT_END_CAUSE_ASKED_TO_STOP,
                                victim -> victim.signalService(SIGTERM))
                        .saying("SIGTERM")
                        .with(fault("slow-start"))
                        .after("the start takes")
                        .then(Course.KEEPER_ENDS));
    }

    private static List<Death> ownTraces() {
        return List.of(
                wrong(7, "the Java heap is exhausted", BOOT_END_CAUSE_JAVA_HEAP, "heap-oom"),
                wrong(
                                4,
                                "the Java heap is exhausted, `-XX:+CrashOnOutOfMemoryError`",
                                BOOT_END_CAUSE_JAVA_HEAP,
                                "heap-oom")
                        .saying("crashed on it")
                        .with(Map.of(
                                "STEADYLINE_FAULT",
                                "heap-oom",
                                "STEADYLINE_JAVA_OPTS",
                                "-XX:-ExitOnOutOfMemoryError -XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash")),
                wrong(6, "native code crashes", BOOT_END_CAUSE_NATIVE_CRASH, "native-crash")
                        .saying("SIGSEGV"),
                wrong(16, "`System.exit(5)`", BOOT_END_CAUSE_SYSTEM_EXIT, "exit")
                        .saying("System.exit(5) by"),
                wrong(18, "`Runtime.halt(7)`", BOOT_END_CAUSE_HALT, "halt").saying("Exited with 7"),
                Death.of(17, "an error in main that nobody catches", BOOT_END_CAUSE_UNCAUGHT_IN_MAIN, _ -> {})
                        .saying("LinkageError")
                        .with(fault("throw-in-main"))
                        .after("uncaught in thread main")
                        .then(Course.KEEPER_ENDS));
    }

    private static List<Death> ownDecisions(Obstacles obstacles) {
        return List.of(
                wrong(8, "direct memory is exhausted", BOOT_END_CAUSE_OWN_DECISION, "direct-oom")
                        .saying("direct memory"),
                Death.of(8, "no thread can be started", BOOT_END_CAUSE_OWN_DECISION, victim -> {
                            victim.group().orElseThrow().limitPids(30);
                            victim.goWrong("threads");
                        })
                        .saying("no thread could be started")
                        .in(Place.PIDS_GROUP),
                wrong(8, "the media loop hangs", BOOT_END_CAUSE_OWN_DECISION, "stuck-loop")
                        .saying("Mishap.standStill")
                        .with(Map.of("STEADYLINE_FAULT", "halt", "STEADYLINE_PROCESS_STUCK_LIMIT", "5 s")),
                Death.of(8, "another process takes the lock", BOOT_END_CAUSE_OWN_DECISION, obstacles::takeLock)
                        .saying("lock was lost")
                        .then(Course.KEEPER_ENDS),
                Death.of(8, "the control plane's port is taken at the start", BOOT_END_CAUSE_OWN_DECISION, _ -> {})
                        .saying("the start failed")
                        .with(Map.of("STEADYLINE_GRPC_PORT", String.valueOf(obstacles.takenPort())))
                        .after("cannot start")
                        .then(Course.KEEPER_ENDS));
    }

    private static List<Death> others(HealthProbe probe, Obstacles obstacles) {
        return List.of(
                Death.of(10, "`/livez` says 503, and the prober kills", BOOT_END_CAUSE_HEALTH_CHECK, victim -> {
                            long worker = victim.workerPid();
                            victim.goWrong("stuck-loop");
                            victim.awaitGoneWrong();
                            // Its own watch does not count the time in which it stood still itself, the prober does.
                            KeptCalls.pause(Duration.ofSeconds(2));
                            victim.signal(worker, SIGSTOP);
                            KeptCalls.pause(Duration.ofMillis(3_200));
                            victim.signal(worker, SIGCONT);
                            probe.awaitFailure();
                            victim.signal(worker, SIGKILL);
                        })
                        .with(Map.of(
                                "STEADYLINE_FAULT",
                                "stuck-loop",
                                "STEADYLINE_PROCESS_STUCK_LIMIT",
                                "5 s",
                                "STEADYLINE_HEALTH_PORT",
                                String.valueOf(probe.port()),
                                "STEADYLINE_HEALTH_BIND_ADDRESS",
                                "127.0.0.1"))
                        .after("health: listening"),
                wrong(9, "the memory group's limit is reached", BOOT_END_CAUSE_KERNEL_OOM, "native-leak")
                        .saying("memory limit")
                        .in(Place.MEMORY_GROUP),
                Death.of(
                                14,
                                "the kernel kills another of its memory group; `kill -9`",
                                BOOT_END_CAUSE_SIGKILL,
                                victim -> {
                                    victim.group().orElseThrow().fill();
                                    KeptCalls.pause(Duration.ofMillis(2_500));
                                    victim.signalWorker(SIGKILL);
                                })
                        .in(Place.MEMORY_GROUP),
                Death.of(3, "SIGTERM 1 s after the program's file was changed", BOOT_END_CAUSE_PLANNED_STOP, victim -> {
                            obstacles.touchProgram();
                            KeptCalls.pause(Duration.ofSeconds(1));
                            victim.signalService(SIGTERM);
                        })
                        .saying("automatic reload")
                        .with(Map.of("STEADYLINE_JAR", obstacles.program().toString()))
                        .then(Course.KEEPER_ENDS),
                Death.of(
                                1,
                                "power lost (stand-in: all killed, another kernel boot id)",
                                BOOT_END_CAUSE_MACHINE_RESTART,
                                victim -> {
                                    long worker = victim.gateway().workerPid();
                                    victim.signalService(SIGKILL);
                                    if (victim.hasKeeper()) {
                                        victim.gateway().signal(worker, SIGKILL);
                                    }
                                })
                        .then(Course.KEEPER_ENDS)
                        .in(Place.OTHER_MACHINE_BOOT));
    }

    private static Death wrong(int row, String what, BootEndCause cause, String label) {
        return Death.of(row, what, cause, victim -> victim.goWrong(label));
    }

    private static Map<String, String> fault(String label) {
        return Map.of("STEADYLINE_FAULT", label);
    }
}
