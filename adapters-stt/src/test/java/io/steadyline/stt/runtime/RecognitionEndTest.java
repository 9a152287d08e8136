package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.runtime.SimulatedServer.Fate;
import io.steadyline.stt.runtime.SimulatedServer.Kind;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that ends while words of it are still to come. */
class RecognitionEndTest {

    private static final Traits QUICK =
            Traits.of(VendorAudio.MULAW_8K).withCatchUpSpeed(4).withFlush();
    private static final int DRAIN_MS = (int) RuntimeSettings.DEFAULT.drain().toMillis();

    private static SimulatedCall call(Traits traits, Fate fate) {
        return new SimulatedCall(
                RuntimeSettings.DEFAULT, List.of(new SimulatedVendor("alpha", traits)), number -> fate, 1);
    }

    private static void endInput(SimulatedCall call) {
        call.queue.offer(new SttControl.EndOfInput());
    }

    private static void assertAllIsFinal(SimulatedCall call) {
        List<SpeechEvent.Final> finals = call.log.all(SpeechEvent.Final.class);
        long endMs = 0;
        for (SpeechEvent.Final said : finals) {
            assertThat(said.start()).hasMillis(endMs);
            assertThat(said.cause()).isNotEqualTo(Cause.PROMOTED);
            endMs = said.end().toMillis();
        }
        assertThat(endMs).isEqualTo(call.frames() * 20);
        assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
        call.log.assertComplete();
    }

    @Test
    void shouldWaitForTheFinalsThatAreOwedAndNoLonger() {
        SimulatedCall call = call(QUICK, Fate.NONE);
        call.slowly(50, 1_500);
        call.speaks(3_400);
        endInput(call);
        call.advance(1_400);
        assertThat(call.isAlive()).isTrue();
        assertThat(call.log.all(SpeechEvent.Final.class)).hasSizeLessThan(4);
        call.advance(200);
        assertThat(call.isAlive()).isFalse();
        assertAllIsFinal(call);
        assertThat(call.log.all(SpeechEvent.Final.class).getLast().cause()).isEqualTo(Cause.END);
    }

    @Test
    void shouldEndWithWhatThereIsWhenTheFinalsDoNotComeInTime() {
        SimulatedCall call = call(QUICK, new Fate(Kind.MUTE, 80));
        call.speaks(1_700);
        endInput(call);
        // The end is taken within one turn.
        call.advance(DRAIN_MS);
        assertThat(call.isAlive()).isTrue();
        call.advance(10);
        assertThat(call.isAlive()).isFalse();
        assertThat(call.log.all(SpeechEvent.Final.class).getLast().cause()).isEqualTo(Cause.PROMOTED);
        assertThat(call.log.all(SpeechEvent.Gap.class).getLast().to()).hasMillis(1_700);
        call.log.assertComplete();
    }

    @Test
    void shouldHearTheReplacedConnectionBeforeTheLastOne() {
        SimulatedCall call = call(QUICK.withMaxSession(Duration.ofSeconds(20)), Fate.NONE);
        call.slowly(50, 1_000);
        call.speaks(19_600);
        assertThat(call.servers).hasSize(2);
        endInput(call);
        call.advance(DRAIN_MS);
        assertThat(call.isAlive()).isFalse();
        assertAllIsFinal(call);
    }

    @Test
    void shouldTellAsLostWhatAReplacedConnectionLeftUnansweredWhenTheCallEndsBeforeItIsOver() {
        SimulatedCall call = new SimulatedCall(
                RuntimeSettings.DEFAULT,
                List.of(new SimulatedVendor("alpha", QUICK.withMaxSession(Duration.ofSeconds(20)))),
                number -> number == 1 ? new Fate(Kind.MUTE, 880) : Fate.NONE,
                1);
        call.speaks(20_000);
        assertThat(call.servers).hasSize(2);
        SimulatedServer replaced = call.servers.getFirst();
        SimulatedServer successor = call.servers.getLast();
        assertThat(replaced.isGivenUp()).isFalse();
        assertThat(successor.heard()).isNotEmpty();
        endInput(call);
        call.advance(DRAIN_MS + 20);
        assertThat(call.isAlive()).isFalse();
        List<SpeechEvent.Gap> gaps = call.log.all(SpeechEvent.Gap.class);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().from().toMillis())
                .isLessThanOrEqualTo(replaced.heard().getLast() * 20 + 20);
        assertThat(gaps.getFirst().to()).hasMillis(successor.heard().getFirst() * 20);
        List<SpeechEvent.Final> finals = call.log.all(SpeechEvent.Final.class);
        assertThat(finals.stream().filter(said -> said.cause() == Cause.PROMOTED))
                .as("the interim text that the replaced connection left")
                .singleElement()
                .extracting(SpeechEvent.Final::text)
                .isEqualTo("part of 850");
        assertThat(finals.getLast().end()).hasMillis(call.frames() * 20);
        call.log.assertComplete();
    }
}
