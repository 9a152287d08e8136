package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.turn.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A vendor that does not say where its words lie, and the stretches of speech that the ears heard from 2 to 6 and 8 to 9 s. */
class UtterancesTest {

    private final EventOut out = new EventOut("call", "alpha", new SpeechLog(), () -> {});
    private final Transcript transcript = new Transcript(out, () -> 10_000);
    private final Utterances utterances = new Utterances(out, transcript, Duration.ofSeconds(1));

    UtterancesTest() {
        speech(2_000, 6_000);
        speech(8_000, 9_000);
    }

    @Test
    void shouldSettleWhatWasSentLongBeforeAFinal() {
        said("one", 7_000);
        utterances.settleBefore(7_000);
        // No final tells more than its own stretch.
        assertThat(transcript.settledUntilMs()).isEqualTo(6_000);
    }

    @Test
    void shouldSettleNothingOfSpeechThatMayHaveAnotherFinal() {
        said("one", 6_200);
        utterances.settleBefore(4_200);
        assertThat(transcript.settledUntilMs()).isEqualTo(2_000);
    }

    /** Sent again at once after a loss: its finals come one after the other, and nobody knows what they are about. */
    @Test
    void shouldSettleNothingWhileAllWasSentJustNow() {
        said("one", 9_500);
        said("two", 9_500);
        utterances.settleBefore(0);
        assertThat(transcript.finalUntilMs()).isEqualTo(9_000);
        assertThat(transcript.settledUntilMs()).isZero();
    }

    private void speech(long startMs, long endMs) {
        utterances.onEndpoint(new Endpoint.SpeechStarted(startMs), null, 0);
        utterances.onEndpoint(new Endpoint.SpeechEnded(endMs), null, 0);
    }

    private void said(String text, long sentUntilMs) {
        Heard.Final words = new Heard.Final(text, Hearing.UNKNOWN, Hearing.UNKNOWN, OptionalDouble.empty(), List.of());
        utterances.onFinal(words, Cause.ENDPOINT, utterances.placeOf(0, sentUntilMs));
    }
}
