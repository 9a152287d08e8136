package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.simulator.ScriptedServer.Frame;
import io.steadyline.simulator.ScriptedServer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FleetTest {

    private final Simulator simulator = Simulator.start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static FleetPlan plan(ScriptedServer server, int calls, Duration duration) {
        return FleetPlan.of(
                () -> CallPlan.to(server.uri()).echoProbe(true).drainFor(Duration.ofSeconds(1)), calls, duration);
    }

    @Nested
    class WhileAllIsWell {

        @Test
        void shouldGetEveryNumberedFrameBack() throws Exception {
            try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
                Fleet fleet = Fleet.place(
                        simulator, plan(server, 20, Duration.ofMillis(800)).rampedBy(200));
                FleetReport report = fleet.report().get(30, TimeUnit.SECONDS);
                assertThat(report.calls()).isEqualTo(20);
                assertThat(report.isFlawless()).isTrue();
                assertThat(report.echo().sent()).isGreaterThan(20 * 30);
                assertThat(report.echo().tail()).isZero();
                assertThat(report.cut()).isZero();
                assertThat(report.longestSilence().count()).isEqualTo(20);
                assertThat(fleet.live()).isEmpty();
            }
        }

        @Test
        void shouldPlaceShortCallsBesideTheLongOnes() throws Exception {
            try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
                Fleet fleet = Fleet.place(
                        simulator, plan(server, 3, Duration.ofMillis(1_500)).withChurn(10, Duration.ofMillis(200)));
                List<CallReport> reports = fleet.reports().get(30, TimeUnit.SECONDS);
                assertThat(reports)
                        .filteredOn(report -> report.plan().duration().equals(Duration.ofMillis(1_500)))
                        .hasSize(3);
                assertThat(reports)
                        .filteredOn(report -> report.plan().duration().equals(Duration.ofMillis(200)))
                        .hasSize(15);
                assertThat(FleetReport.of(reports).isFlawless()).isTrue();
            }
        }

        @Test
        void shouldDialNoMoreAndEndTheCallsWhenFinished() throws Exception {
            CountDownLatch echoed = new CountDownLatch(3);
            try (ScriptedServer server = new ScriptedServer(peer -> {
                echoed.countDown();
                ScriptedServer.echo(peer);
            })) {
                Fleet fleet = Fleet.place(
                        simulator, plan(server, 3, Duration.ofMinutes(5)).withChurn(0.001, Duration.ofMinutes(5)));
                assertThat(echoed.await(10, TimeUnit.SECONDS)).isTrue();
                fleet.finish();
                FleetReport report = fleet.report().get(30, TimeUnit.SECONDS);
                assertThat(report.calls()).isBetween(3, 4);
                assertThat(report.echo().tail()).isZero();
                fleet.finish();
            }
        }
    }

    @Nested
    class WhenTheServerFails {

        @Test
        void shouldTellLostFramesFromCutSockets() throws Exception {
            AtomicInteger calls = new AtomicInteger();
            try (ScriptedServer server = new ScriptedServer(peer -> {
                int number = calls.getAndIncrement();
                switch (number) {
                    case 0 -> {
                        peer.readEvent("media");
                        peer.reset();
                    }
                    case 1 -> echoWithout(peer, 5);
                    default -> ScriptedServer.echo(peer);
                }
            })) {
                FleetReport report = Fleet.place(simulator, plan(server, 4, Duration.ofMillis(600)))
                        .report()
                        .get(30, TimeUnit.SECONDS);
                assertThat(report.cut()).isOne();
                assertThat(report.completed()).isEqualTo(3);
                assertThat(report.echo().lost()).isEqualTo(5);
                assertThat(report.isFlawless()).isFalse();
            }
        }

        /** Loses some frames that are not the first and not the last ones. */
        private static void echoWithout(Peer peer, int lost) throws IOException {
            String sid = ScriptedServer.streamSidIn(peer.readEvent("start"));
            for (int i = 0; ; i++) {
                Frame frame = peer.read();
                if (frame.opcode() == 8) {
                    peer.close(1000, "");
                    return;
                }
                if (i < 5 || i >= 5 + lost) {
                    peer.echo(frame, sid);
                }
            }
        }

        @Test
        void shouldFindTheOutageThatAllCallsHad() throws Exception {
            CountDownLatch allThere = new CountDownLatch(5);
            CountDownLatch isOver = new CountDownLatch(1);
            try (ScriptedServer server = new ScriptedServer(peer -> {
                String sid = ScriptedServer.streamSidIn(peer.readEvent("start"));
                for (int i = 0; i < 10; i++) {
                    peer.echo(peer.read(), sid);
                }
                allThere.countDown();
                await(isOver);
                echoOn(peer, sid);
            })) {
                Fleet fleet = Fleet.place(simulator, plan(server, 5, Duration.ofMinutes(5)));
                assertThat(allThere.await(10, TimeUnit.SECONDS)).isTrue();
                long beganNs = System.nanoTime();
                assertThat(isOver.await(700, TimeUnit.MILLISECONDS)).isFalse();
                isOver.countDown();
                fleet.finish();
                FleetReport report = fleet.report().get(30, TimeUnit.SECONDS);
                Outage outage = report.outages().stream()
                        .max(Comparator.comparingDouble(one -> one.silence().maxMs()))
                        .orElseThrow();
                assertThat(outage.calls()).isEqualTo(5);
                assertThat(outage.beganNs() - beganNs).isLessThan(700_000_000);
                assertThat(report.longestSilence().p50Ms()).isGreaterThan(300);
                assertThat(report.isFlawless()).isTrue();
            }
        }

        private static void echoOn(Peer peer, String sid) throws IOException {
            Frame frame = peer.read();
            while (frame.opcode() != 8) {
                peer.echo(frame, sid);
                frame = peer.read();
            }
            peer.close(1000, "");
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void shouldSayThatTheSimulatorWasClosed() {
            FleetPlan plan = FleetPlan.of(() -> CallPlan.to("ws://127.0.0.1:1/"), 1, Duration.ofSeconds(1));
            simulator.close();
            assertThatThrownBy(() -> Fleet.place(simulator, plan).report().get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void shouldRefuseAFleetWithoutCalls() {
        assertThatThrownBy(() -> FleetPlan.of(() -> CallPlan.to("ws://gw/"), 0, Duration.ofSeconds(1)))
                .hasMessage("calls: 0 (expected: 1 or more, or 0 with churn)");
    }
}
