package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.bootstrap.agent.EchoAgent;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.signal.CallMoment;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A media loop that does not come round for seconds. */
class OverloadTest {

    private static final LoadLimits LIMITS = new LoadLimits(Duration.ofMillis(10), 100, 0);
    /** More than half of the two seconds that the gate looks at. */
    private static final long STALL_MS = 1_800;

    private static final Map<String, String> UPGRADE = Map.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version", "13");

    @Test
    void shouldRefuseNewCallsAndTakeThoseThatComeBack() throws Exception {
        try (BareServer server = BareServer.with(LIMITS, new EchoAgent())) {
            StreamText first = StreamText.fresh();
            StreamText second = StreamText.fresh();
            try (RawPeer running = RawPeer.open(server.media())) {
                running.text(first.start());
                server.awaitMoment(first.callSid(), CallMoment.CallStarted.class, _ -> true);
                HttpPeer.Reply refused = askWhileTheLoopStands(server);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.headers()).containsEntry("retry-after", "2");
                assertThat(refused.body()).matches("overloaded: media loop \\d+ ms late .limit: 10 ms., 1 calls\\s*");
            }
            server.awaitMoment(first.callSid(), CallMoment.StreamLost.class, _ -> true);
            StreamText again = first.again();
            try (RawPeer back = RawPeer.open(server.media())) {
                back.text(again.start());
                server.awaitMoment(first.callSid(), CallMoment.StreamResumed.class, _ -> true);
                await("the gate to open")
                        .atMost(RunningGateway.PATIENCE)
                        .until(() -> server.server().reasonsNotReady().isEmpty());
                try (RawPeer other = RawPeer.open(server.media())) {
                    other.text(second.start());
                    server.awaitMoment(second.callSid(), CallMoment.CallStarted.class, _ -> true);
                    other.text(second.stop());
                    server.awaitEnd(second.callSid());
                }
                back.text(again.stop());
                server.awaitEnd(first.callSid());
            }
        }
    }

    /** Answered when the loop comes round, before anything else could open the gate. */
    private static HttpPeer.Reply askWhileTheLoopStands(BareServer server) throws IOException, InterruptedException {
        try (HttpPeer peer = new HttpPeer(server.media().getPort())) {
            CountDownLatch stands = new CountDownLatch(1);
            server.server().loop().execute(_ -> {
                stands.countDown();
                try {
                    TimeUnit.MILLISECONDS.sleep(STALL_MS);
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            });
            stands.await();
            return peer.ask("GET", "/twilio/media", UPGRADE, "");
        }
    }
}
