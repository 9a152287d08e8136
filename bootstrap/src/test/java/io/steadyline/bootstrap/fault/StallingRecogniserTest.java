package io.steadyline.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.telemetry.RxMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StallingRecogniserTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final SttSpec SPEC = new SttSpec(new CallId("CA1"), AudioFormat.MULAW_8K, "", Map.of());

    private final RealRecogniser real = new RealRecogniser();
    private final SttQueue audio = new SttQueue(200);
    private SttProvider stalling = new StallingRecogniser(real, NEVER, NEVER);

    @AfterEach
    void close() {
        stalling.close();
    }

    @Test
    void shouldPassEverythingOn() {
        assertThat(stalling.open(SPEC, audio, _ -> {})).isSameAs(RealRecogniser.SESSION);
        assertThat(stalling.name()).isEqualTo("real");
        assertThat(stalling.capabilities()).isEqualTo(RealRecogniser.CAPABILITIES);
        assertThat(offer()).isEqualTo(OfferOutcome.ACCEPTED);
        stalling.close();
        assertThat(real.closed).isTrue();
    }

    @Test
    void shouldRefuseAudioWhileItStalls() {
        stall(Duration.ofMillis(1), NEVER);
        await().until(() -> offer() == OfferOutcome.REFUSED_FULL);
    }

    @Test
    void shouldTakeAudioAgainAfterwards() {
        // Held from the start, so that only the end of the stall can release it.
        audio.hold();
        stall(Duration.ofMillis(1), Duration.ofMillis(20));
        await().until(() -> offer() == OfferOutcome.ACCEPTED);
    }

    private void stall(Duration after, Duration length) {
        stalling.close();
        stalling = new StallingRecogniser(real, after, length);
        stalling.open(SPEC, audio, _ -> {});
    }

    /** One at a time: a full queue would look like a stall. */
    private OfferOutcome offer() {
        OfferOutcome outcome = audio.offer(new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 0), RxMode.NORMAL);
        audio.poll();
        return outcome;
    }

    /** Does nothing, and remembers its close. */
    private static final class RealRecogniser implements SttProvider {

        private static final SttCapabilities CAPABILITIES = new SttCapabilities(false, false, true, true);
        private static final SttSession SESSION = () -> {};
        private boolean closed;

        @Override
        public String name() {
            return "real";
        }

        @Override
        public SttCapabilities capabilities() {
            return CAPABILITIES;
        }

        @Override
        public SttSession open(SttSpec spec, SttQueue queue, SpeechSink sink) {
            return SESSION;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
