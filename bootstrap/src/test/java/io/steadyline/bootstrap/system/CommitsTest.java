package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.bootstrap.agent.EchoAgent;
import io.steadyline.call.CallSettings;
import io.steadyline.port.CallArchive;
import io.steadyline.port.CallSlot;
import io.steadyline.port.CallSlots;
import io.steadyline.port.NoSlot;
import io.steadyline.port.SocketHolder;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.websocket.server.Kept;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a call's page is committed, and when: each time costs stores to memory that is not in the cache. */
@Timeout(60)
class CommitsTest {

    private static final int FRAMES = 2;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final StreamText stream = StreamText.fresh();
    private final LateRecogniser recogniser = new LateRecogniser(Duration.ZERO);

    @Test
    void shouldCommitAFrameTogetherWithTheOneThatIsSentInItsTurn() throws Exception {
        Kept kept = new Kept(
                new Pages(), SocketHolder.NONE, CallArchive.NONE, List.of(), "no (a test)", List.<SlotSnapshot>of());
        try (BareServer server = new BareServer(CallSettings.DEFAULT, recogniser, new EchoAgent(), kept);
                RawPeer peer = RawPeer.open(server.media())) {
            peer.text(StreamText.CONNECTED).text(stream.start());
            for (int chunk = 1; chunk <= FRAMES; chunk++) {
                peer.text(stream.media(chunk));
            }
            await().until(() -> told.stream().filter("frameOut"::equals).count() == FRAMES);

            // Connected with its commit; start with two, as the page is bound to the call between them.
            assertThat(told.stream()
                            .filter(List.of("rxHandled", "commit", "frameOut")::contains)
                            .skip(5)
                            .toList())
                    .as("a read for each frame, or one for both")
                    .isIn(
                            List.of("rxHandled", "commit", "frameOut", "rxHandled", "commit", "frameOut"),
                            List.of("rxHandled", "commit", "rxHandled", "frameOut", "commit", "frameOut"));
        }
    }

    private final class Pages implements CallSlots {

        @Override
        public CallSlot acquire() {
            NoSlot page = new NoSlot();
            return (CallSlot) Proxy.newProxyInstance(
                    CallSlot.class.getClassLoader(), new Class<?>[] {CallSlot.class}, (_, method, arguments) -> {
                        told.add(method.getName());
                        return method.invoke(page, arguments);
                    });
        }

        @Override
        public CallSlot adopt(SlotSnapshot left) {
            throw new IllegalStateException("adopt (expected: nothing was left)");
        }
    }
}
