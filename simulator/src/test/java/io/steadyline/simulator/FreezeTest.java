package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.CallEvent.Kind;
import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.Freeze.Side;
import io.steadyline.simulator.ScriptedServer.Frame;
import io.steadyline.simulator.ScriptedServer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreezeTest {

    private final Simulator simulator = Simulator.start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static CallPlan.Builder plan(ScriptedServer server) {
        return CallPlan.to(server.uri()).echoProbe(true).drainFor(Duration.ofSeconds(1));
    }

    private CallReport call(CallPlan.Builder plan) throws Exception {
        return simulator.place(plan.build()).get(20, TimeUnit.SECONDS);
    }

    private static CallReport.Echo echo(CallReport report) {
        return Objects.requireNonNull(report.echo());
    }

    @Test
    void shouldSendWhatWaitedInItsOrderAfterAFreezeOfTheSending() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
            CallReport report = call(plan(server)
                    .duration(Duration.ofMillis(1_500))
                    .freeze(Side.SENDING, Duration.ofMillis(300), Duration.ofMillis(800)));
            assertThat(echo(report).isComplete()).isTrue();
            assertThat(report.sent().discardedFrames()).isZero();
            assertThat(echo(report).silences().longestMs()).isGreaterThan(400);
            assertThat(echo(report).roundTrip().maxMs()).isGreaterThan(400);
            assertThat(report.events()).extracting(CallEvent::kind).containsSubsequence(Kind.FROZEN, Kind.THAWED);
            assertThat(report.wasCompleted()).isTrue();
        }
    }

    @Test
    void shouldReadOnWhereItStoppedAfterAFreezeOfTheReading() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
            CallReport report = call(plan(server)
                    .duration(Duration.ofMillis(1_500))
                    .freeze(Side.READING, Duration.ofMillis(300), Duration.ofMillis(800)));
            assertThat(echo(report).isComplete()).isTrue();
            assertThat(echo(report).silences().longestMs()).isGreaterThanOrEqualTo(800);
            assertThat(report.wasCompleted()).isTrue();
        }
    }

    @Test
    void shouldStayHalfOpenUntilItHangsUpWithoutAWord() throws Exception {
        CompletableFuture<Integer> framesBeforeTheEnd = new CompletableFuture<>();
        try (ScriptedServer server =
                new ScriptedServer(peer -> framesBeforeTheEnd.complete(countUntilTheConnectionEnds(peer)))) {
            CallReport report = call(plan(server)
                    .duration(Duration.ofMillis(1_000))
                    .freeze(Side.BOTH, Duration.ofMillis(300), Freeze.FOR_GOOD));
            assertThat(framesBeforeTheEnd.get(10, TimeUnit.SECONDS)).isBetween(2, 20);
            assertThat(report.ending().outcome()).isEqualTo(Outcome.HUNG_UP);
            assertThat(report.lastedMs()).isGreaterThanOrEqualTo(2_000);
        }
    }

    /** Everything that is no goodbye; there is none. */
    private static int countUntilTheConnectionEnds(Peer peer) {
        int frames = 0;
        try {
            while (true) {
                Frame frame = peer.read();
                assertThat(frame.opcode()).isEqualTo(1);
                assertThat(frame.text()).doesNotContain("\"event\":\"stop\"");
                frames++;
            }
        } catch (IOException e) {
            return frames;
        }
    }

    @Test
    void shouldDiscardWhatTheProviderCouldNotHoldEither() throws Exception {
        // The backlog is full after some 15 s; the sizes of messages make it full sooner here.
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
            CompletableFuture<Boolean> started = new CompletableFuture<>();
            LiveCall call = simulator.dial(plan(server)
                    .duration(Duration.ofMinutes(5))
                    .streamSid("MZ" + "x".repeat(20_000))
                    .listener(event -> {
                        if (event.kind() == Kind.MEDIA_DISCARDED) {
                            started.complete(true);
                        }
                    })
                    .freeze(Side.SENDING, Duration.ofMillis(100), Freeze.FOR_GOOD)
                    .build());
            started.get(10, TimeUnit.SECONDS);
            call.thaw();
            call.finish();
            CallReport report = call.report().get(10, TimeUnit.SECONDS);
            assertThat(report.sent().discardedFrames()).isPositive();
            assertThat(echo(report).isComplete()).isTrue();
        }
    }

    @Test
    void shouldFreezeWhenAskedInMidCall() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::echo)) {
            CompletableFuture<Boolean> hears = new CompletableFuture<>();
            CompletableFuture<Boolean> isFrozen = new CompletableFuture<>();
            LiveCall call = simulator.dial(plan(server)
                    .duration(Duration.ofMinutes(5))
                    .listener(event -> {
                        hears.complete(true);
                        if (event.kind() == Kind.FROZEN) {
                            isFrozen.complete(true);
                        }
                    })
                    .build());
            hears.get(10, TimeUnit.SECONDS);
            call.freeze(Side.BOTH);
            isFrozen.get(10, TimeUnit.SECONDS);
            call.hangUp(HangUp.STOP_THEN_CLOSE);
            CallReport report = call.report().get(10, TimeUnit.SECONDS);
            assertThat(report.ending().detail()).isEqualTo("frozen");
            assertThat(report.events()).extracting(CallEvent::kind).doesNotContain(Kind.STOP_SENT);
        }
    }
}
