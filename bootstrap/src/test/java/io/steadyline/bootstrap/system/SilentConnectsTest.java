package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.signal.CallState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strangers who connect and say nothing. */
class SilentConnectsTest {

    /** More than the gateway of this test has room for: 10 calls, 64 pending, 256 others. */
    private static final int STRANGERS = 600;

    private static final String[] SMALL = {"STEADYLINE_LIMITS_MAX_CALLS", "10"};

    private static List<HttpPeer> strangers(RunningGateway gateway) throws IOException {
        List<HttpPeer> peers = new ArrayList<>();
        for (int i = 0; i < STRANGERS; i++) {
            peers.add(new HttpPeer(gateway.httpPort()));
        }
        return peers;
    }

    private static void close(List<HttpPeer> peers) throws IOException {
        for (HttpPeer peer : peers) {
            peer.close();
        }
    }

    @Test
    void shouldNotKeepANewCallWaiting() throws IOException {
        try (RunningGateway gateway = RunningGateway.with(SMALL)) {
            List<HttpPeer> strangers = strangers(gateway);
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                peer.text(stream.start()).text(stream.media(1)).settle();
                assertThat(gateway.isKnown(stream.callSid())).isTrue();
            }
            assertThat(strangers.getFirst().isClosedByServer()).isTrue();
            close(strangers);
        }
    }

    @Test
    void shouldNotTakeThePlaceOfACallThatIsLive() throws IOException {
        try (RunningGateway gateway = RunningGateway.with(SMALL)) {
            StreamText stream = StreamText.fresh();
            try (RawPeer peer = RawPeer.open(gateway.media())) {
                peer.text(stream.start()).text(stream.media(1)).settle();
                List<HttpPeer> strangers = strangers(gateway);
                await().atMost(RunningGateway.PATIENCE)
                        .until(() -> strangers.getFirst().isClosedByServer());
                peer.text(stream.media(2)).settle();
                assertThat(gateway.view(stream.callSid()).state()).isEqualTo(CallState.ACTIVE);
                close(strangers);
            }
        }
    }
}
