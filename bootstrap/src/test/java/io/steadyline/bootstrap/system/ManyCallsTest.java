package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallView;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Distribution;
import io.steadyline.simulator.Simulator;
import io.steadyline.telemetry.CallSecond;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fifty calls at once: enough to see that they do not disturb each other, small enough for every build. */
class ManyCallsTest {

    private static final int CALLS = 50;

    @Test
    void shouldEchoEveryFrameOfFiftyCallsAtOnce() {
        try (RunningGateway gateway =
                        RunningGateway.warm("STEADYLINE_AGENT", "echo", "STEADYLINE_BARGE_IN_POLICY", "off");
                Simulator simulator = Simulator.start();
                MachinePauses pauses = new MachinePauses()) {
            List<CallPlan> plans = Stream.generate(() -> CallPlan.to(gateway.media())
                            .duration(Duration.ofSeconds(5))
                            .echoProbe(true)
                            .keepAnswer(false)
                            .build())
                    .limit(CALLS)
                    .toList();
            List<CallReport> reports = simulator.placeAll(plans, Duration.ofMillis(7)).stream()
                    .map(CompletableFuture::join)
                    .toList();
            reports.forEach(report -> gateway.awaitEnd(report.plan().callSid()));
            print(gateway, reports, pauses);

            for (CallReport report : reports) {
                HappyCallTest.assertReturnedOnceAndInOrder(report);
                HappyCallTest.assertJudgedHealthy(gateway, report, pauses);
                CallView call = gateway.view(report.plan().callSid());
                assertThat(call.queues()).allMatch(queue -> queue.isBalanced() && queue.droppedOverflow() == 0);
            }
        }
    }

    private static void print(RunningGateway gateway, List<CallReport> reports, MachinePauses pauses) {
        Distribution roundTrip = Distribution.empty();
        Distribution own = Distribution.empty();
        double worstLoopMs = 0;
        for (CallReport report : reports) {
            roundTrip = roundTrip.plus(Objects.requireNonNull(report.echo()).roundTrip());
            own = own.plus(report.sent().lateness());
            worstLoopMs = Math.max(
                    worstLoopMs,
                    gateway.seconds(report.plan().callSid()).stream()
                            .mapToDouble(CallSecond::loopLatenessMs)
                            .max()
                            .orElse(0));
        }
        System.out.printf(
                "%d calls: echo %s; generator late %s; loop late %.1f ms; machine's worst pause %.1f ms%n",
                CALLS, roundTrip, own, worstLoopMs, pauses.worstMs());
    }
}
