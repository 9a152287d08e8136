package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.agent.EchoAgent;
import io.steadyline.call.CallSettings;
import io.steadyline.signal.CallMoment;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that come while one worker is not there yet, or is just about to hand over. */
class NewcomersTest {

    /** For what must not have happened by then; nothing depends on its length. */
    private static final long A_LITTLE_MS = 100;

    private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    /** Was refused with "draining: no new calls", because its start was read before APP_START. */
    @Test
    void shouldTakeACallThatConnectedWhileTheWorkerWasStillStarting() throws Exception {
        try (BareServer server = BareServer.starting(CallSettings.DEFAULT, new EchoAgent())) {
            StreamText stream = StreamText.fresh();
            CompletableFuture<RawPeer> early =
                    async(() -> RawPeer.open(server.media()).text(stream.start()));
            TimeUnit.MILLISECONDS.sleep(A_LITTLE_MS);
            assertThat(server.server().reasonsNotReady()).containsExactly("starting");
            assertThat(early).isNotDone();
            server.server().open();
            try (RawPeer peer = early.get(RunningGateway.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                server.awaitMoment(stream.callSid(), CallMoment.CallStarted.class, _ -> true);
                assertThat(server.server().reasonsNotReady()).isEmpty();
                peer.text(stream.stop());
                server.awaitEnd(stream.callSid());
            }
        }
    }

    /** Was cut, because only upgraded sockets were waited for. */
    @Test
    void shouldNotHandOverBeforeAConnectionThatWasTakenHasBecomeItsCall() throws Exception {
        try (BareServer server =
                new BareServer(CallSettings.DEFAULT, new LateRecogniser(Duration.ZERO), new EchoAgent())) {
            URI media = server.media();
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = RawPeer.connect(media)) {
                // Taken by now, or else the test shows nothing: the next connect is answered after it.
                RawPeer.open(media).close();
                CompletableFuture<Boolean> settled = async(() -> server.server().stopForHandOver());
                TimeUnit.MILLISECONDS.sleep(A_LITTLE_MS);
                assertThat(settled).isNotDone();
                peer.upgrade(media, Map.of()).text(stream.start());
                assertThat(settled.get(RunningGateway.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(server.moments(stream.callSid(), CallMoment.CallStarted.class))
                        .hasSize(1);
                peer.text(stream.stop());
                server.awaitEnd(stream.callSid());
            }
        }
    }

    /** A stranger who connects and says nothing holds up an upgrade for a moment only. */
    @Test
    void shouldHandOverThoughSomebodyConnectedAndSaysNothing() throws Exception {
        try (BareServer server =
                        new BareServer(CallSettings.DEFAULT, new LateRecogniser(Duration.ZERO), new EchoAgent());
                RawPeer silent = RawPeer.connect(server.media())) {
            RawPeer.open(server.media()).close();
            assertThat(server.server().stopForHandOver()).isTrue();
            assertThat(silent.sentBytes()).isZero();
        }
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    private <T> CompletableFuture<T> async(Attempt<T> attempt) {
        CompletableFuture<T> result = new CompletableFuture<>();
        others.execute(() -> {
            try {
                result.complete(attempt.run());
            } catch (IOException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
