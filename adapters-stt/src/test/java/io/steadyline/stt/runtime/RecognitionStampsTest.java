package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.runtime.SimulatedServer.Fate;
import io.steadyline.stt.runtime.SimulatedServer.Kind;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All times are times in the call's audio, whoever hears it and whenever he says so. */
class RecognitionStampsTest {

    private static final Traits QUICK =
            Traits.of(VendorAudio.MULAW_8K).withCatchUpSpeed(4).withFlush();

    private record Place(Duration start, Duration end) {}

    private static SimulatedCall call(Traits traits, Map<Integer, Fate> fates) {
        return new SimulatedCall(
                RuntimeSettings.DEFAULT,
                List.of(new SimulatedVendor("alpha", traits)),
                number -> fates.getOrDefault(number, Fate.NONE),
                1);
    }

    private static List<Place> places(SimulatedCall call) {
        return call.log.all(SpeechEvent.Final.class).stream()
                .map(said -> new Place(said.start(), said.end()))
                .toList();
    }

    @Test
    void shouldNotDependOnHowSlowTheVendorIs() {
        SimulatedCall quick = call(QUICK, Map.of());
        quick.slowly(20, 10);
        quick.speaks(6_500);
        quick.ends();
        SimulatedCall slow = call(QUICK, Map.of());
        slow.slowly(3_000, 800);
        slow.speaks(6_500);
        slow.ends();
        assertThat(places(slow)).isEqualTo(places(quick)).hasSize(7);
        slow.log.assertComplete();
    }

    @Test
    void shouldNotGoBackWhenAudioIsSentAgain() {
        SimulatedCall call = call(QUICK, Map.of(1, new Fate(Kind.DROPPED, 120), 2, new Fate(Kind.MUTE, 200)));
        call.speaks(14_000);
        call.ends();
        assertThat(call.servers).hasSize(3);
        call.log.assertComplete();
        assertThat(call.log.all(SpeechEvent.Final.class))
                .extracting(said -> said.stamp().attempt())
                .isSorted()
                .contains(1, 2, 3);
    }

    @Test
    void shouldNotCountSilenceOfOursAsAudioOfTheCall() {
        SimulatedCall call = call(QUICK.withIdle(new Traits.Idle.Silence(Duration.ofMillis(500))), Map.of());
        call.speaks(1_500);
        call.advance(3_000);
        call.speaks(1_500);
        call.ends();
        call.log.assertComplete();
        assertThat(places(call)).last().extracting(Place::end).isEqualTo(Duration.ofSeconds(3));
        assertThat(call.log.events().getLast().stamp().audioPosition()).hasMillis(3_000);
    }
}
