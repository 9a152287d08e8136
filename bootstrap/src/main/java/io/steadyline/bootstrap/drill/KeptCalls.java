package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.CallFate;
import io.steadyline.admin.v1.CutCall;
import io.steadyline.admin.v1.QueueName;
import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Deaths and replacements of a worker whose sockets are held by the keeper. */
final class KeptCalls {

    private static final int SIGKILL = 9;
    /** Of the group, above what the worker needs by itself: heap, buffers and code. */
    static final long MEMORY_LIMIT = 768L << 20;
    /** More than a worker starts for its calls. */
    static final int ROOM_FOR_THREADS = 60;

    private static final Duration CLOSE_TO_THE_END = Duration.ofSeconds(12);
    private static final Duration BETWEEN = Duration.ofMillis(6_300);

    private KeptCalls() {}

    static DrillResult killWorker(DrillContext context) throws Exception {
        return deaths(
                context,
                Map.of(),
                List.of(),
                BootEndCause.BOOT_END_CAUSE_SIGKILL,
                (gateway, worker) -> gateway.signal(worker, SIGKILL));
    }

    static DrillResult heapOom(DrillContext context) throws Exception {
        return mishap(context, "heap-oom", BootEndCause.BOOT_END_CAUSE_JAVA_HEAP);
    }

    static DrillResult directOom(DrillContext context) throws Exception {
        return mishap(context, "direct-oom", BootEndCause.BOOT_END_CAUSE_OWN_DECISION);
    }

    static DrillResult nativeCrash(DrillContext context) throws Exception {
        return mishap(context, "native-crash", BootEndCause.BOOT_END_CAUSE_NATIVE_CRASH);
    }

    static DrillResult exit(DrillContext context) throws Exception {
        return mishap(context, "exit", BootEndCause.BOOT_END_CAUSE_SYSTEM_EXIT);
    }

    static DrillResult halt(DrillContext context) throws Exception {
        return mishap(context, "halt", BootEndCause.BOOT_END_CAUSE_HALT);
    }

    static DrillResult killBeforeCommit(DrillContext context) throws Exception {
        return mishap(context, "kill-before-commit", BootEndCause.BOOT_END_CAUSE_SIGKILL);
    }

    static DrillResult threads(DrillContext context) throws Exception {
        try (LimitedGroup group = LimitedGroup.pids()) {
            try {
                return deaths(
                        context,
                        Map.of(Mishap.VARIABLE, "threads"),
                        group.wrapper(),
                        BootEndCause.BOOT_END_CAUSE_OWN_DECISION,
                        (_, _) -> {
                            group.limitPids(ROOM_FOR_THREADS);
                            goWrong(context);
                        });
            } finally {
                // A group can be removed when nobody is in it any more.
                context.close();
            }
        }
    }

    static DrillResult kernelOom(DrillContext context) throws Exception {
        try (LimitedGroup group = LimitedGroup.memory(MEMORY_LIMIT)) {
            try {
                return deaths(
                        context,
                        Map.of(Mishap.VARIABLE, "native-leak"),
                        group.wrapper(),
                        BootEndCause.BOOT_END_CAUSE_KERNEL_OOM,
                        (_, _) -> goWrong(context));
            } finally {
                // A group can be removed when nobody is in it any more.
                context.close();
            }
        }
    }

    private static DrillResult mishap(DrillContext context, String label, BootEndCause cause) throws Exception {
        return deaths(context, Map.of(Mishap.VARIABLE, label), List.of(), cause, (_, _) -> goWrong(context));
    }

    static void goWrong(DrillContext context) throws IOException {
        Files.createFile(context.setUp().dataDir().resolve(Mishap.FILE));
    }

    /** One way to kill. */
    private interface Blow {
        void strike(DrillGateway gateway, long worker) throws DrillFailure, IOException, DrillNotRun;
    }

    private static DrillResult deaths(
            DrillContext context, Map<String, String> environment, List<String> wrapper, BootEndCause cause, Blow blow)
            throws Exception {
        try (DrillGateway gateway = context.start(true, environment, wrapper).awaitReady();
                Simulator simulator = Simulator.start()) {
            Duration length = CLOSE_TO_THE_END.plus(BETWEEN.multipliedBy(context.times()));
            Fleet fleet = Fleet.place(simulator, plan(context, length));
            gateway.await(
                    "all calls",
                    DrillGateway.PATIENCE,
                    () -> gateway.admin(client -> client.serverInfo().getLiveCalls()) >= context.calls()
                            ? Optional.of(true)
                            : Optional.empty());
            Moments moments = new Moments();
            int seen = 0;
            for (int time = 1; time <= context.times(); time++) {
                gateway.awaitLine("waits to take over", seen);
                seen = gateway.lines().size();
                long worker = gateway.workerPid();
                moments.await();
                blow.strike(gateway, worker);
                gateway.awaitLine("ready ", seen);
                context.say("worker " + worker + " died, time " + time + " of " + context.times()
                        + "; the next one serves");
            }
            List<CallReport> reports = fleet.reports().join();
            return judge(gateway, context.times(), cause, reports);
        }
    }

    private static FleetPlan plan(DrillContext context, Duration length) {
        return FleetPlan.of(
                        () -> CallPlan.to(context.setUp().media())
                                .echoProbe(true)
                                .silenceBound(Duration.ofMillis(100))
                                .drainFor(Duration.ofSeconds(4)),
                        context.calls(),
                        length)
                .rampedBy(50);
    }

    private static DrillResult judge(DrillGateway gateway, int times, BootEndCause cause, List<CallReport> reports)
            throws DrillFailure {
        FleetReport fleet = FleetReport.of(reports);
        Map<String, Long> stated = new HashMap<>();
        List<Boot> boots = gateway.endedBoots().stream().limit(times).toList();
        require(boots.size() == times, "boots that ended: " + boots.size() + " (expected: " + times + ")");
        for (Boot boot : boots) {
            require(
                    boot.getEnd().getCause() == cause,
                    "cause: " + boot.getEnd().getCause() + " (expected: " + cause + "), "
                            + boot.getEnd().getSentence());
            for (CutCall call : gateway.boot(boot.getBootId()).getCallsList()) {
                require(
                        call.getFate() == CallFate.CALL_FATE_ADOPTED,
                        "call " + call.getCallId() + ": " + call.getFate() + " (expected: adopted)");
                stated.merge(call.getCallId(), call.getFramesIn() - call.getFramesOut(), Long::sum);
            }
        }
        Map<String, Long> dropped = droppedByQueues(gateway, reports);
        long unexplained = 0;
        for (CallReport report : reports) {
            CallReport.Echo echo = java.util.Objects.requireNonNull(report.echo());
            long lost = echo.sent() - echo.returned();
            String call = report.plan().callSid();
            unexplained += Math.abs(lost - stated.getOrDefault(call, 0L) - dropped.getOrDefault(call, 0L));
        }
        FleetReport.Echo echo = fleet.echo();
        String sum = String.format(
                Locale.ROOT,
                "sockets closed %d, frames sent %d, answered %d, lost %d (stated by the boot reports %d, counted by"
                        + " the queues of the last worker %d, unexplained %d), silence p50 %.0f ms max %.0f ms",
                fleet.cut(),
                echo.sent(),
                echo.returned(),
                echo.sent() - echo.returned(),
                stated.values().stream().mapToLong(Long::longValue).sum(),
                dropped.values().stream().mapToLong(Long::longValue).sum(),
                unexplained,
                fleet.longestSilence().p50Ms(),
                fleet.longestSilence().maxMs());
        require(fleet.cut() == 0 && fleet.completed() == reports.size(), sum);
        require(unexplained == 0, sum);
        return new DrillResult("cause " + name(cause) + ", each of " + times + " times", sum);
    }

    /** An echo of all that waited in the socket may be more than a queue has room for; whoever drops it counts it. */
    private static Map<String, Long> droppedByQueues(DrillGateway gateway, List<CallReport> reports) {
        return gateway.admin(client -> {
            Map<String, Long> dropped = new HashMap<>();
            for (CallReport report : reports) {
                String call = report.plan().callSid();
                long frames = client.get(call).getQueuesList().stream()
                        .filter(queue -> queue.getQueue() != QueueName.QUEUE_NAME_STT)
                        .mapToLong(queue -> queue.getDropped().getOverflow())
                        .sum();
                dropped.put(call, frames);
            }
            return dropped;
        });
    }

    static DrillResult keeperKilled(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(true, Map.of());
        gateway.awaitReady();
        long worker = gateway.workerPid();
        try (Simulator simulator = Simulator.start()) {
            Fleet fleet = Fleet.place(simulator, plan(context, Duration.ofSeconds(8)));
            pause(Duration.ofSeconds(2));
            gateway.signal(gateway.pid(), SIGKILL);
            FleetReport report = fleet.report().join();
            require(report.cut() == 0, "sockets closed: " + report.cut() + " (expected: 0)");
            String line = gateway.awaitLine("the keeper is gone", 0);
            gateway.signal(worker, 15);
            return new DrillResult(line.substring(line.indexOf("the keeper")), "nothing");
        }
    }

    static DrillResult upgrade(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(true, Map.of());
        gateway.awaitReady();
        try (Simulator simulator = Simulator.start()) {
            FleetPlan plan = plan(context, Duration.ofSeconds(14)).withChurn(10, Duration.ofSeconds(3));
            Fleet fleet = Fleet.place(simulator, plan);
            pause(Duration.ofSeconds(6));
            int seen = gateway.lines().size();
            var answer = gateway.admin(client -> client.upgrade(Optional.empty()));
            require(answer.getAccepted(), "upgrade refused: " + answer.getReason());
            gateway.awaitLine("ready ", seen);
            FleetReport report = fleet.report().join();
            String sum = String.format(
                    Locale.ROOT,
                    "%d calls, %d as planned, cut %d, refused %d, longest silence %.0f ms",
                    report.calls(),
                    report.completed(),
                    report.cut(),
                    report.notConnected(),
                    report.longestSilence().maxMs());
            require(report.cut() == 0 && report.notConnected() == 0, sum + gateway.warnings(seen));
            BootEndCause cause = gateway.endedBoots().getFirst().getEnd().getCause();
            require(cause == BootEndCause.BOOT_END_CAUSE_UPGRADE, "cause: " + cause + " (expected: upgrade)");
            return new DrillResult("cause upgrade", sum);
        }
    }

    static void pause(Duration length) {
        long deadlineNs = System.nanoTime() + length.toNanos();
        while (deadlineNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(deadlineNs - System.nanoTime());
        }
    }

    static String name(BootEndCause cause) {
        return cause.name()
                .substring("BOOT_END_CAUSE_".length())
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }
}
