package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.signal.CallEnd;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of the process as its calls see it. */
class ShutdownTest {

    @Test
    void shouldWaitForARunningCallAndStopWhenItIsOver() throws Exception {
        try (RunningGateway gateway = RunningGateway.with("STEADYLINE_DRAIN_GRACE", "60 s");
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText call = StreamText.fresh();
            peer.text(call.start()).text(call.media(1)).settle();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> gateway.gateway().drainAndStop("test"));
            await().atMost(RunningGateway.PATIENCE)
                    .until(() -> gateway.get("/readyz").status() == 503);
            assertThat(gateway.get("/readyz").body()).contains("\"draining\"");
            peer.text(call.media(2)).settle();
            assertThat(stopping).isNotDone();

            peer.text(call.stop());
            assertThat(peer.awaitClose()).isEqualTo(1000);
            // Far below the grace: nothing but the call itself was waited for.
            await().atMost(RunningGateway.PATIENCE).until(stopping::isDone);
            assertThat(gateway.view(call.callSid()).end().orElseThrow().reason())
                    .isEqualTo(CallEnd.Reason.HANG_UP);
        }
    }

    @Test
    void shouldNotWaitOutTheGraceForACallThatIsLost() throws Exception {
        try (RunningGateway gateway =
                RunningGateway.with("STEADYLINE_DRAIN_GRACE", "60 s", "STEADYLINE_LIMITS_LINGER", "1 s")) {
            StreamText call = StreamText.fresh();
            RawPeer peer = RawPeer.open(gateway.media());
            peer.text(call.start()).text(call.media(1)).settle().reset();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> gateway.gateway().drainAndStop("test"));
            await().atMost(RunningGateway.PATIENCE).until(stopping::isDone);
            assertThat(gateway.view(call.callSid()).end().orElseThrow().reason())
                    .isEqualTo(CallEnd.Reason.STREAM_LOST);
        }
    }

    @Test
    void shouldCloseWhatIsLeftAfterTheGrace() throws Exception {
        try (RunningGateway gateway = RunningGateway.with("STEADYLINE_DRAIN_GRACE", "1 s");
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText call = StreamText.fresh();
            peer.text(call.start()).text(call.media(1)).settle();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> gateway.gateway().drainAndStop("test"));
            assertThat(peer.awaitClose()).isEqualTo(1012);
            await().atMost(RunningGateway.PATIENCE).until(stopping::isDone);
            assertThat(gateway.view(call.callSid()).end().orElseThrow().reason())
                    .isEqualTo(CallEnd.Reason.DRAIN);
        }
    }

    @Test
    void shouldCloseWhatIsLeftEvenWhileItsPeerGoesOnSending() throws Exception {
        try (RunningGateway gateway = RunningGateway.with("STEADYLINE_DRAIN_GRACE", "0 s");
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText call = StreamText.fresh();
            peer.text(call.start()).settle();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> gateway.gateway().drainAndStop("test"));
            for (int i = 1; i <= 2_000 && !stopping.isDone(); i++) {
                try {
                    peer.text(call.media(i));
                } catch (IOException closed) {
                    break;
                }
            }
            assertThat(peer.awaitClose()).isEqualTo(1012);
            await().atMost(RunningGateway.PATIENCE).until(stopping::isDone);
        }
    }
}
