package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.runtime.SimulatedServer.Fate;
import io.steadyline.stt.runtime.SimulatedServer.Kind;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Audio that nobody heard because too much waited before it. */
class RecognitionGapTest {

    private static final SimulatedVendor VENDOR = new SimulatedVendor(
            "alpha", Traits.of(VendorAudio.MULAW_8K).withCatchUpSpeed(4).withFlush());

    @Test
    void shouldTellTheFirstHoleOfACallLikeAnyOther() {
        SimulatedCall call = new SimulatedCall(
                RuntimeSettings.DEFAULT,
                List.of(VENDOR),
                number -> number <= 2 ? new Fate(Kind.NEVER_OPENS, 0) : Fate.NONE,
                1);
        call.speaks(16_000);
        call.ends();
        List<SpeechEvent.Gap> gaps = call.log.all(SpeechEvent.Gap.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().from()).isZero();
        long lostMs = gaps.getFirst().to().toMillis();
        SimulatedServer server = call.servers.getLast();
        assertThat(lostMs).isPositive();
        assertThat(server.heard().getFirst()).isEqualTo(lostMs / 20);
        assertThat(server.heard()).hasSize((int) (call.frames() - lostMs / 20));
        assertThat(call.log.all(SpeechEvent.Final.class).getFirst().start()).hasMillis(lostMs);
        call.log.assertComplete();
    }

    @Test
    void shouldTellAllThatAReplacedConnectionLeftUnansweredWhenItsSuccessorIsLostMeanwhile() {
        SimulatedVendor vendor = new SimulatedVendor("alpha", VENDOR.traits().withMaxSession(Duration.ofSeconds(60)));
        SimulatedCall call = new SimulatedCall(
                RuntimeSettings.DEFAULT,
                List.of(vendor),
                number -> switch (number) {
                    case 1 -> new Fate(Kind.MUTE, 200);
                    case 2 -> new Fate(Kind.DROPPED, 20);
                    default -> Fate.NONE;
                },
                1);
        call.speaks(2_000);
        // Longer than the replay window: not even a mute vendor owes words for silence.
        call.isSilent(58_000);
        assertThat(call.servers).hasSize(3);
        call.speaks(2_000);
        call.ends();
        long lastHeardMs = call.servers.getFirst().heard().getLast() * 20 + 20;
        SpeechEvent.Gap gap = call.log.all(SpeechEvent.Gap.class).getFirst();
        assertThat(gap.from()).isBetween(Duration.ofMillis(2_000), Duration.ofMillis(lastHeardMs));
        assertThat(gap.to()).hasMillis(call.servers.get(1).heard().getFirst() * 20);
        call.log.assertComplete();
    }

    /** Its interim text was made final for all of the speech, of which it had heard the beginning only. */
    @Test
    void shouldTellSpeechAsLostWhoseVendorFellSilentAfterAnInterimText() {
        SimulatedCall call = new SimulatedCall(
                RuntimeSettings.DEFAULT,
                List.of(VENDOR),
                number -> number == 1 ? new Fate(Kind.MUTE, 130) : Fate.NONE,
                1);
        call.speaks(4_000);
        call.isSilent(4_000);
        call.speaks(8_000);
        call.ends();
        assertThat(call.servers).hasSize(2);
        SpeechEvent.Gap gap = call.log.all(SpeechEvent.Gap.class).getFirst();
        assertThat(gap.from()).hasMillis(2_000);
        assertThat(gap.to()).hasMillis(call.servers.getLast().heard().getFirst() * 20);
        call.log.assertComplete();
    }
}
