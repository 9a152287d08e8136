package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An exception of ours inside one call. */
class OwnFailureTest {

    /** Throws with the frame whose first byte is 0x66. */
    private static final class FragileAgent implements AgentProvider {

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public boolean wantsGreeting() {
            return false;
        }

        @Override
        public boolean isInterruptible() {
            return true;
        }

        @Override
        public AgentSession attach(CallFacts facts, AgentLine line) {
            return new AgentSession() {
                @Override
                public void onCallerFrame(AudioFrame frame) {
                    if (frame.payload()[0] == 0x66) {
                        throw new IllegalStateException("frame: 0x66 (expected: anything else)");
                    }
                }

                @Override
                public void on(AgentEvent event) {
                    // Only frames are of interest.
                }

                @Override
                public void detach(String why) {
                    // Nothing to release.
                }
            };
        }
    }

    @Test
    void shouldEndOnlyTheCallInWhichItHappens() throws Exception {
        StreamText healthy = StreamText.fresh();
        StreamText broken = StreamText.fresh();
        try (BareServer server =
                        new BareServer(CallSettings.DEFAULT, new LateRecogniser(Duration.ZERO), new FragileAgent());
                RawPeer good = RawPeer.open(server.media());
                RawPeer bad = RawPeer.open(server.media())) {
            good.text(healthy.start()).text(healthy.media(1)).settle();
            byte[] poison = new byte[160];
            poison[0] = 0x66;
            bad.text(broken.start()).text(broken.media(1)).text(broken.media(2, poison));
            assertThat(bad.awaitClose()).isEqualTo(1011);

            CallEnd end = server.awaitEnd(broken.callSid()).end();
            assertThat(end.reason()).isEqualTo(CallEnd.Reason.INTERNAL_ERROR);
            assertThat(end.by()).isEqualTo(CallEnd.Party.GATEWAY);
            assertThat(server.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).hasMessageContaining("0x66"));

            good.text(healthy.media(2)).settle().text(healthy.stop());
            assertThat(server.awaitEnd(healthy.callSid()).end().reason()).isEqualTo(CallEnd.Reason.HANG_UP);
            assertThat(server.moments(healthy.callSid(), CallMoment.InputRefused.class))
                    .isEmpty();
        }
    }
}
