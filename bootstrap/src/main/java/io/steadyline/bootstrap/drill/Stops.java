package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Ends that were asked for. */
final class Stops {

    private static final int SIGTERM = 15;

    private Stops() {}

    /** All calls end by themselves, none is taken meanwhile, and the process ends with 0. */
    static DrillResult drains(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of("STEADYLINE_DRAIN_GRACE", "60 s")).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            List<CompletableFuture<CallReport>> calls = calls(simulator, context, 4, 12);
            KeptCalls.pause(Duration.ofSeconds(2));
            gateway.signal(gateway.pid(), SIGTERM);
            gateway.awaitLine("drain on", 0);
            CallReport refused = simulator
                    .place(CallPlan.to(context.setUp().media())
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .join();
            List<CallReport> reports =
                    calls.stream().map(CompletableFuture::join).toList();
            int exit = gateway.awaitExit(Duration.ofSeconds(20));
            long completed = reports.stream().filter(CallReport::wasCompleted).count();
            require(completed == reports.size(), completed + " of " + reports.size() + " calls ended by themselves");
            require(!refused.wasCompleted(), "a new call was taken while draining (expected: refused)");
            require(exit == 0, "exit " + exit + " (expected: 0)");
            return new DrillResult(
                    "`drain on`, new calls refused, exit 0", "nothing: " + completed + " calls ended by themselves");
        }
    }

    /** What is left after the grace is closed with 1012, and the process ends within a second of it. */
    static DrillResult graceEnds(DrillContext context) throws Exception {
        return forced(context, "3 s", 1, Duration.ofSeconds(4));
    }

    static DrillResult secondSignal(DrillContext context) throws Exception {
        return forced(context, "60 s", 2, Duration.ofMillis(1_300));
    }

    /** The worker's stop never ends: the keeper kills it when its own bound has passed. */
    static DrillResult hangs(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(
                        true, Map.of(Mishap.VARIABLE, "stop-hangs", "STEADYLINE_STOP_TIMEOUT", "3"))
                .awaitReady();
        try (Simulator simulator = Simulator.start()) {
            List<CompletableFuture<CallReport>> calls = calls(simulator, context, 30, 30);
            KeptCalls.pause(Duration.ofSeconds(2));
            long signalledNs = System.nanoTime();
            gateway.signal(gateway.pid(), SIGTERM);
            int exit = gateway.awaitExit(Duration.ofSeconds(10));
            double tookMs = (System.nanoTime() - signalledNs) / 1e6;
            long ended = calls.stream()
                    .map(CompletableFuture::join)
                    .filter(report -> !report.wasCompleted())
                    .count();
            DrillGateway next = context.start(true, Map.of()).awaitReady();
            BootEnd end = next.endedBoots().getFirst().getEnd();
            String sum = String.format(
                    Locale.ROOT, "killed by the keeper after %.0f ms, exit %d; %s", tookMs, exit, end.getSentence());
            require(end.getCause() == BootEndCause.BOOT_END_CAUSE_STOP_TIMED_OUT, sum);
            require(tookMs >= 3_000 && tookMs < 4_000, sum);
            return new DrillResult(sum, ended + " of " + calls.size() + " calls, their sockets closed with the keeper");
        }
    }

    private static DrillResult forced(DrillContext context, String grace, int signals, Duration limit)
            throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of("STEADYLINE_DRAIN_GRACE", grace)).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            List<CompletableFuture<CallReport>> calls = calls(simulator, context, 30, 30);
            KeptCalls.pause(Duration.ofSeconds(2));
            long signalledNs = System.nanoTime();
            for (int i = 0; i < signals; i++) {
                gateway.signal(gateway.pid(), SIGTERM);
                KeptCalls.pause(Duration.ofMillis(i + 1 < signals ? 300 : 0));
            }
            int exit = gateway.awaitExit(limit.plus(Duration.ofSeconds(10)));
            double tookMs = (System.nanoTime() - signalledNs) / 1e6;
            List<CallReport> reports =
                    calls.stream().map(CompletableFuture::join).toList();
            long restart = reports.stream()
                    .filter(report -> report.ending().closeCode().orElse(0) == 1012)
                    .count();
            String sum = String.format(
                    Locale.ROOT,
                    "%d of %d calls closed with 1012, exit %d after %.0f ms",
                    restart,
                    reports.size(),
                    exit,
                    tookMs);
            require(restart == reports.size() && exit == 0, sum);
            return new DrillResult(sum, "the calls that the grace did not let finish");
        }
    }

    private static List<CompletableFuture<CallReport>> calls(
            Simulator simulator, DrillContext context, int minSeconds, int maxSeconds) {
        int count = Math.min(context.calls(), 20);
        List<CallPlan> plans = IntStream.range(0, count)
                .mapToObj(i -> CallPlan.to(context.setUp().media())
                        .duration(Duration.ofSeconds(
                                minSeconds + (long) i * (maxSeconds - minSeconds) / Math.max(1, count)))
                        .build())
                .toList();
        return simulator.placeAll(plans, Duration.ofMillis(20));
    }
}
