package io.steadyline.bootstrap.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.signal.SpeechEvent.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrialReportTest {

    private static final long START_NS = 5_000_000_000L;

    private final TrialReport report = new TrialReport(true);

    TrialReportTest() {
        report.startedAt(START_NS);
    }

    @Test
    void shouldTellHowFastItWas() {
        at(80, new SpeechEvent.Ready(stamp(), Duration.ofMillis(75)));
        at(900, new SpeechEvent.Interim(stamp(), "s1", "hel"));
        at(1_100, new SpeechEvent.Interim(stamp(), "s1", "hello"));
        report.onLocal(new SpeechEvent.SpeechEnded(stamp(), Duration.ofMillis(1_200), Source.LOCAL));
        at(1_450, said("hello"));
        report.onLocal(new SpeechEvent.SpeechEnded(stamp(), Duration.ofSeconds(2), Source.LOCAL));
        at(2_340, said("world"));
        at(2_400, new SpeechEvent.Closed(stamp()));
        report.onOffer(OfferOutcome.ACCEPTED);
        report.onOffer(OfferOutcome.ACCEPTED_DROPPING_OLDEST);
        assertThat(report.isGood()).isTrue();
        assertThat(EventText.summary(report)).isEqualTo("""
            connected in          75 ms
            first interim after   900 ms
            final after speech    340 ms
            frames lost           1
            text                  hello world
            """);
    }

    @Test
    void shouldTellNothingThatItDoesNotKnow() {
        assertThat(EventText.summary(report)).isEqualTo("""
            connected in          –
            first interim after   –
            final after speech    –
            frames lost           0
            text                  –
            """);
        assertThat(report.isGood()).as("never closed").isFalse();
    }

    @Test
    void shouldBeNoSuccessWithoutWordsWhereWordsAreExpected() {
        at(10, new SpeechEvent.Closed(stamp()));
        assertThat(report.isGood()).isFalse();
        TrialReport wordless = new TrialReport(false);
        wordless.on(new SpeechEvent.Closed(stamp()), START_NS);
        assertThat(wordless.isGood()).isTrue();
    }

    @Test
    void shouldBeNoSuccessAfterAFatalFailure() {
        at(5, said("hello"));
        at(10, new SpeechEvent.Failure(stamp(), "auth", Optional.of("401"), "no such key", false, true));
        at(20, new SpeechEvent.Closed(stamp()));
        assertThat(report.isGood()).isFalse();
    }

    @Test
    void shouldPrintAnEventOnOneLine() {
        assertThat(EventText.of(new TrialReport.Heard(said("two\nlines"), Duration.ofMillis(1_450))))
                .isEqualTo("   1.450 s  audio    1.400 s  alpha/1      final    two\\u000alines (0.300 s to 0.900 s,"
                        + " endpoint, confidence 0.90)");
    }

    private void at(long ms, SpeechEvent event) {
        report.on(event, START_NS + ms * 1_000_000);
    }

    private static SpeechEvent said(String text) {
        return new SpeechEvent.Final(
                stamp(),
                "s1",
                text,
                Duration.ofMillis(300),
                Duration.ofMillis(900),
                OptionalDouble.of(0.9),
                List.of(),
                Cause.ENDPOINT);
    }

    private static Stamp stamp() {
        return new Stamp("alpha", 1, 1, Duration.ofMillis(1_400));
    }
}
