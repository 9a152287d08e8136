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
}
