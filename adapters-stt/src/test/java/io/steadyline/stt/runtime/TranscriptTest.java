package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.Hearing;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final SpeechLog log = new SpeechLog();
    private long heardUntilMs = 10_000;
    private final Transcript transcript =
            new Transcript(new EventOut("call", "alpha", log, () -> {}), () -> heardUntilMs);

    /** The first one had no place, so the audio was sent again from too early on; the vendor knows the place this time. */
    @Test
    void shouldNotTellAFinalTwiceWhoseEndWasAGuessTheFirstTime() {
        transcript.finalText(said("one two", 0, 1_500), Cause.VENDOR_SEGMENT, 0, 1_500);
        transcript.finalText(said("three four", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 1_500, 1_500);
        transcript.onReplay(0);
        transcript.finalText(said("three four", 1_500, 3_500), Cause.VENDOR_SEGMENT, 1_500, 3_500);
        transcript.finalText(said("five", 3_500, 4_000), Cause.VENDOR_SEGMENT, 3_500, 4_000);
        assertThat(finals()).containsExactly("one two", "three four", "five");
    }

    @Test
    void shouldTellWhatTheCallerRepeatsWhenBothTimesAreKnown() {
        transcript.finalText(said("yes", 0, 500), Cause.VENDOR_SEGMENT, 0, 500);
        transcript.onReplay(0);
        transcript.finalText(said("yes", 900, 1_400), Cause.VENDOR_SEGMENT, 900, 1_400);
        assertThat(finals()).containsExactly("yes", "yes");
    }

    /** An interim text was made final, and the connection that owed the final was lost. */
    @Test
    void shouldTellWhatTheNextConnectionWritesAfterTheOneThatOwedAFinalWasLost() {
        transcript.interim("one two");
        transcript.promote(0, 1_500);
        transcript.nothingIsOwed();
        transcript.finalText(said("three four", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 1_500, 3_500);
        assertThat(finals()).containsExactly("one two", "three four");
    }

    /** The vendor writes no times, and was lost before it came to the final of what it heard for the second time. */
    @Test
    void shouldNotMakeAnInterimFinalThatAReplayRepeats() {
        transcript.finalText(said("one two", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 1_500);
        transcript.onReplay(0);
        transcript.interim("one");
        transcript.promote(1_500, 3_000);
        assertThat(finals()).containsExactly("one two");
    }

    /** A vendor without places cut one stretch of speech in two, and was lost after the first half. */
    @Test
    void shouldSettleNothingByAFinalWithoutAPlace() {
        transcript.finalText(said("one two", 0, 1_500), Cause.VENDOR_SEGMENT, 0, 1_500);
        transcript.finalText(said("three four", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 2_000, 5_000);
        assertThat(transcript.finalUntilMs()).isEqualTo(5_000);
        assertThat(transcript.settledUntilMs()).isEqualTo(1_500);
    }

    @Test
    void shouldKnowAgainAllFinalsThatAReplayRepeats() {
        for (String text : List.of("one two", "three", "four five")) {
            transcript.finalText(said(text, Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 1_500);
        }
        transcript.onReplay(0);
        for (String text : List.of("Two three", "four", "five six", "five")) {
            transcript.finalText(said(text, Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 3_500);
        }
        assertThat(finals()).containsExactly("one two", "three", "four five", "six", "five");
    }

    /** In the middle of speech a final without a place may have no length, where the settled ends. */
    @Test
    void shouldKnowAgainAFinalWithoutLengthAtTheEndOfWhatIsSettled() {
        transcript.finalText(said("one two", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 0);
        transcript.settledUntil(0);
        transcript.onReplay(0);
        transcript.finalText(said("one two three", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 0);
        assertThat(finals()).containsExactly("one two", "three");
    }

    /** The vendor was behind, and its interim text went on into what the caller said next. */
    @Test
    void shouldNotTellTwiceWhatAnInterimTextSaidOfTheNextUtterance() {
        transcript.interim("one two three");
        transcript.promote(0, 1_500);
        transcript.settledUntil(1_500);
        transcript.nothingIsOwed();
        transcript.onReplay(0);
        transcript.finalText(said("three four", 1_900, 3_500), Cause.VENDOR_SEGMENT, 1_900, 3_500);
        assertThat(finals()).containsExactly("one two three", "four");
    }

    @Test
    void shouldNotExpectAgainWhatIsSettled() {
        transcript.finalText(said("yes", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 1_500);
        transcript.settledUntil(1_500);
        transcript.onReplay(1_500);
        transcript.finalText(said("yes", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 1_500, 3_500);
        assertThat(finals()).containsExactly("yes", "yes");
    }

    /** A guess reached too far, and the next vendor says the places. */
    @Test
    void shouldLoseNoWordWithinAGuessThatReachedTooFar() {
        transcript.finalText(said("one two", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 2_000, 6_000);
        transcript.onReplay(0);
        transcript.finalText(said("One, two. Three", 2_000, 4_500), Cause.VENDOR_SEGMENT, 2_000, 4_500);
        transcript.finalText(said("four", 4_500, 5_900), Cause.VENDOR_SEGMENT, 4_500, 5_900);
        transcript.finalText(said("five", 5_900, 7_000), Cause.VENDOR_SEGMENT, 5_900, 7_000);
        assertThat(finals()).containsExactly("one two", "Three", "four", "five");
        assertThat(transcript.settledUntilMs()).isEqualTo(7_000);
    }

    @Test
    void shouldNotTellALateFinalOfWhatWasPromotedAfterAGuess() {
        transcript.finalText(said("one", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 1_000);
        transcript.interim("two three");
        transcript.promote(2_000, 3_000);
        transcript.finalText(
                new Heard.Final(
                        "two three",
                        2_000,
                        3_000,
                        OptionalDouble.empty(),
                        List.of(
                                new Heard.Word("two", 2_000, 2_500, OptionalDouble.empty()),
                                new Heard.Word("three", 2_500, 3_000, OptionalDouble.empty()))),
                Cause.VENDOR_SEGMENT,
                2_000,
                3_000);
        assertThat(finals()).containsExactly("one", "two three");
    }

    @Test
    void shouldPromoteOnlyWhatAReplayAdds() {
        transcript.finalText(said("one two", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 1_500);
        transcript.onReplay(0);
        transcript.interim("one two three");
        transcript.promote(1_500, 3_000);
        assertThat(finals()).containsExactly("one two", "three");
    }

    /** Its place is guessed from where the last final ended, so that it lies behind what was heard then. */
    @Test
    void shouldKnowARepetitionAgainWhereverItIsGuessedToLie() {
        heardUntilMs = 1_900;
        transcript.finalText(said("one two", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 0, 1_500);
        transcript.onReplay(0);
        transcript.finalText(said("one two", Hearing.UNKNOWN, Hearing.UNKNOWN), Cause.VENDOR_SEGMENT, 2_000, 2_000);
        assertThat(finals()).containsExactly("one two");
    }

    /** Said to one connection, and seconds later to the next one. */
    @Test
    void shouldNotTakeTheSameAnswerForARepetition() {
        heardUntilMs = 1_600;
        transcript.interim("no");
        transcript.promote(1_000, 1_500);
        transcript.onReplay(1_500);
        transcript.finalText(said("no", 5_000, 5_500), Cause.VENDOR_SEGMENT, 5_000, 5_500);
        assertThat(finals()).containsExactly("no", "no");
    }

    private static Heard.Final said(String text, long startMs, long endMs) {
        return new Heard.Final(text, startMs, endMs, OptionalDouble.empty(), List.of());
    }

    private List<String> finals() {
        return log.all(SpeechEvent.Final.class).stream()
                .map(SpeechEvent.Final::text)
                .toList();
    }
}
