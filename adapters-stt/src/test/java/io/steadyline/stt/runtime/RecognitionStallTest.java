package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.builtin.EarsVendor;
import io.steadyline.stt.runtime.SimulatedServer.Fate;
import io.steadyline.stt.runtime.SimulatedServer.Kind;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Vendors that are there and say nothing of words, rightly or not. */
class RecognitionStallTest {

    private static final Traits QUICK =
            Traits.of(VendorAudio.MULAW_8K).withCatchUpSpeed(4).withFlush();
    private static final SimulatedVendor ALPHA = new SimulatedVendor("alpha", QUICK);
    private static final SimulatedVendor BETA = new SimulatedVendor("beta", QUICK);

    private static SimulatedCall call(Function<Integer, Fate> fates, Vendor... vendors) {
        return new SimulatedCall(RuntimeSettings.DEFAULT, List.of(vendors), fates, 1);
    }

    @Test
    void shouldGiveUpAVendorThatAcknowledgesSpeechAndWritesNoWords() {
        SimulatedCall call = call(number -> number == 1 ? new Fate(Kind.ACKNOWLEDGES, 250) : Fate.NONE, ALPHA, BETA);
        call.speaks(12_000);
        assertThat(call.connectedTo).containsExactly("ws://alpha");
        call.speaks(2_000);
        assertThat(call.connectedTo).containsExactly("ws://alpha", "ws://beta");
        call.speaks(5_000);
        call.ends();
        assertThat(call.log.all(SpeechEvent.Failure.class))
                .extracting(SpeechEvent.Failure::category)
                .containsExactly("STUCK");
        assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
        assertThat(call.log.all(SpeechEvent.Final.class).getLast().end()).hasMillis(call.frames() * 20);
        call.log.assertComplete();
    }

    @Test
    void shouldFindTheSecondStallAsSoonAsTheFirstWhenThereWereWordsAfterAll() {
        Map<Integer, Fate> fates = Map.of(
                1, new Fate(Kind.ACKNOWLEDGES, 250),
                2, new Fate(Kind.ACKNOWLEDGES, 650));
        SimulatedCall call = call(number -> fates.getOrDefault(number, Fate.NONE), ALPHA);
        call.speaks(14_000);
        assertThat(call.servers).hasSize(2);
        // Thirteen seconds of audio, from the fifth on, then eight without words.
        call.speaks(13_000);
        assertThat(call.servers).hasSize(3);
        call.ends();
        call.log.assertComplete();
    }

    @Test
    void shouldLeaveAVendorInPeaceThatHearsNoWordsInNoise() {
        SimulatedCall call = call(number -> Fate.NONE, ALPHA);
        call.isNoisy(300_000);
        // After 8, 16, 32, 64 and 128 s.
        assertThat(call.servers).hasSizeLessThanOrEqualTo(6);
        call.ends();
        call.log.assertComplete();
    }

    @Test
    void shouldStayPatientWithNoiseThoughWordsComeBetween() {
        SimulatedCall call = call(number -> Fate.NONE, ALPHA);
        for (int round = 0; round < 10; round++) {
            call.speaks(2_000);
            call.isNoisy(20_000);
        }
        // After 8 and 16 s; 32 s without a word do not come.
        assertThat(call.servers).hasSizeLessThanOrEqualTo(3);
        call.ends();
        call.log.assertComplete();
    }

    @Test
    void shouldNotHoldItAgainstTheEarsThatTheySayNothing() {
        SimulatedCall call = call(number -> new Fate(Kind.MUTE, 0), new EarsVendor());
        call.speaks(20_000);
        assertThat(call.servers).hasSize(1);
        assertThat(call.log.all(SpeechEvent.Failure.class)).isEmpty();
        call.ends();
        call.log.assertComplete();
    }
}
