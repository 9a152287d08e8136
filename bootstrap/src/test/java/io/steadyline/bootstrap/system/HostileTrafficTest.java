package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.HangUp;
import io.steadyline.simulator.LiveCall;
import io.steadyline.simulator.MalformedTraffic;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.TrafficReport;
import io.steadyline.simulator.TrafficReport.Reaction;
import io.steadyline.testkit.Seeds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand malformed messages while twenty calls go on. */
class HostileTrafficTest {

    private static final int SLICES = 10;
    private static final int SLICE_MUTATIONS = 1_000;
    private static final long MAX_HEAP_GROWTH_BYTES = 32L << 20;

    @Test
    @Timeout(value = 150, unit = TimeUnit.SECONDS)
    void shouldAnswerAndCountEveryBadMessageAndHarmNoCall() {
        Seeds.forEach(1, (seed, _) -> {
            try (RunningGateway gateway = RunningGateway.warm(
                            "STEADYLINE_AGENT", "echo",
                            "STEADYLINE_BARGE_IN_POLICY", "off",
                            "STEADYLINE_LIMITS_CALLS_PER_SECOND", "10000",
                            "STEADYLINE_LIMITS_MAX_CALLS", "10000",
                            "STEADYLINE_LIMITS_START_TIMEOUT", "1 s",
                            "STEADYLINE_LIMITS_LINGER", "1 s");
                    Simulator simulator = Simulator.start();
                    MachinePauses pauses = new MachinePauses()) {
                attack(seed, gateway, simulator, pauses);
            }
        });
    }

    private static void attack(long seed, RunningGateway gateway, Simulator simulator, MachinePauses pauses)
            throws Exception {
        // The default limit of 64 pending sockets stands: one that stayed pending would soon shut the others out.
        send(seed, -1, gateway);
        gateway.awaitQuiet();
        long heapBefore = usedHeapAfterGc();
        int threadsBefore = Thread.activeCount();

        List<LiveCall> calls = Stream.generate(() -> simulator.dial(CallPlan.to(gateway.media())
                        .duration(Duration.ofMinutes(2))
                        .echoProbe(true)
                        .keepAnswer(false)
                        .build()))
                .limit(20)
                .toList();
        calls.forEach(call -> gateway.awaitStart(call.plan().callSid()));
        long startNs = System.nanoTime();
        for (int slice = 0; slice < SLICES; slice++) {
            send(seed, slice, gateway);
        }
        System.out.printf(
                "%d malformed messages in %.1f s%n", SLICES * SLICE_MUTATIONS, (System.nanoTime() - startNs) / 1e9);
        calls.forEach(call -> call.hangUp(HangUp.STOP_THEN_CLOSE));
        assertUnharmed(gateway, calls.stream().map(call -> call.report().join()).toList(), pauses);
        assertNothingStays(gateway, heapBefore, threadsBefore);
    }

    /** In slices, because a report keeps what was sent: half a gigabyte for all of it. */
    private static void send(long seed, int slice, RunningGateway gateway) throws InterruptedException {
        MalformedTraffic malformed = MalformedTraffic.seeded(seed + slice);
        TrafficReport traffic = malformed.run(gateway.media(), SLICE_MUTATIONS, 4, Duration.ofSeconds(10));
        System.out.println("seed " + traffic.seed() + ": "
                + Stream.of(Reaction.values())
                        .map(reaction -> reaction + " " + traffic.count(reaction))
                        .collect(Collectors.joining(", ")));
        assertThat(traffic.suspicious()).isEmpty();
        assertThat(traffic.count(Reaction.DROPPED)).isZero();
        assertThat(traffic.replies()).hasSize(SLICE_MUTATIONS);
    }

    private static void assertUnharmed(RunningGateway gateway, List<CallReport> reports, MachinePauses pauses) {
        gateway.awaitQuiet();
        assertThat(gateway.metric("steadyline_input_refused_total", "reason"))
                .as("at least the kinds that are ignored with a reason")
                .isGreaterThan(SLICES * SLICE_MUTATIONS / 3.0);
        assertThat(gateway.metric("steadyline_observer_errors_total", "")).isZero();
        assertThat(gateway.metric("steadyline_calls_ended_total", "\"internal_error\""))
                .isZero();
        for (CallReport report : reports) {
            HappyCallTest.assertJudgedHealthy(gateway, report, pauses);
            assertThat(report.echo()).isNotNull().satisfies(echo -> {
                assertThat(echo.lost()).isZero();
                assertThat(echo.reordered()).isZero();
                assertThat(echo.doubled()).isZero();
            });
        }
    }

    private static void assertNothingStays(RunningGateway gateway, long heapBefore, int threadsBefore) {
        await("heap, calls and threads as before")
                .atMost(RunningGateway.PATIENCE)
                .untilAsserted(() -> {
                    assertThat(usedHeapAfterGc() - heapBefore).isLessThan(MAX_HEAP_GROWTH_BYTES);
                    assertThat(gateway.metric("steadyline_calls_live", "state")).isZero();
                    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 4);
                });
        System.out.printf(
                "heap %.1f MB before, %.1f MB after; threads %d before, %d after%n",
                heapBefore / 1e6, usedHeapAfterGc() / 1e6, threadsBefore, Thread.activeCount());
    }

    private static long usedHeapAfterGc() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
