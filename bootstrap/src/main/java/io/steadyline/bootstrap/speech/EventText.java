package io.steadyline.bootstrap.speech;

import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent;
import java.time.Duration;
import java.util.Locale;

/** Events of a recogniser as lines for people. */
public final class EventText {

    private static final int MAX_TEXT_CHARS = 500;

    private EventText() {}

    /** When it came, how much audio had been taken, who says it, and what. */
    public static String of(TrialReport.Heard heard) {
        SpeechEvent.Stamp stamp = heard.event().stamp();
        return String.format(
                Locale.ROOT,
                "%8.3f s  audio %8.3f s  %-12s %s",
                seconds(heard.since()),
                seconds(stamp.audioPosition()),
                stamp.provider() + "/" + stamp.attempt(),
                what(heard.event()));
    }

    /** The summary of a trial. */
    public static String summary(TrialReport report) {
        return "connected in          %s\nfirst interim after   %s\nfinal after speech    %s\nframes lost           %d\ntext                  %s\n"
                .formatted(
                        report.connectTime().map(EventText::ms).orElse("–"),
                        report.firstInterim().map(EventText::ms).orElse("–"),
                        report.finalAfterSpeechEnd().map(EventText::ms).orElse("–"),
                        report.lostFrames(),
                        report.text().isEmpty() ? "–" : text(report.text()));
    }

    private static String what(SpeechEvent event) {
        return switch (event) {
            case SpeechEvent.Ready ready -> "ready, connected in " + ms(ready.connectTime());
            case SpeechEvent.SpeechStarted started -> "speech starts at " + at(started.offset());
            case SpeechEvent.SpeechEnded ended -> "speech ends at " + at(ended.offset());
            case SpeechEvent.Interim interim -> "interim  " + text(interim.text());
            case SpeechEvent.Final said ->
                "final    " + text(said.text()) + " (" + at(said.start()) + " to " + at(said.end()) + ", "
                        + label(said.cause())
                        + (said.confidence().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ", confidence %.2f",
                                        said.confidence().getAsDouble())
                                : "")
                        + ")";
            case SpeechEvent.UtteranceEnd end -> "utterance ends at " + at(end.end()) + ", " + label(end.cause());
            case SpeechEvent.DtmfHeard key -> "key " + key.digit() + " at " + at(key.offset());
            case SpeechEvent.ToneHeard tone -> "tone " + label(tone.tone()) + " at " + at(tone.offset());
            case SpeechEvent.Gap gap ->
                "GAP      " + at(gap.from()) + " to " + at(gap.to()) + ": " + Printable.of(gap.reason());
            case SpeechEvent.Usage usage -> "usage: audio " + at(usage.audio()) + ", open " + at(usage.open());
            case SpeechEvent.Failure failure ->
                "FAILURE  " + failure.category()
                        + failure.code().map(code -> " " + code).orElse("") + ": " + text(failure.message())
                        + (failure.fatal() ? " (fatal)" : "");
            case SpeechEvent.Closed _ -> "closed";
        };
    }

    private static String text(String said) {
        return Printable.of(said, MAX_TEXT_CHARS);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String at(Duration offset) {
        return String.format(Locale.ROOT, "%.3f s", seconds(offset));
    }

    private static String ms(Duration time) {
        return time.toMillis() + " ms";
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
