package io.steadyline.bootstrap.speech;

import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.SpeechEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of a trial. Times of events are wall time since the first frame was due; pure but for being filled. */
public final class TrialReport {

    /**
     * One event.
     *
     * @param since from the beginning of the trial until it came
     */
    public record Heard(SpeechEvent event, Duration since) {}

    private final boolean transcribes;
    private final List<Heard> heard = new ArrayList<>();
    private Optional<Duration> localSpeechEnd = Optional.empty();
    private long startNs;
    private long lostFrames;

    /** @param transcribes words are expected */
    TrialReport(boolean transcribes) {
        this.transcribes = transcribes;
    }

    void startedAt(long nowNs) {
        startNs = nowNs;
    }

    Heard on(SpeechEvent event, long nowNs) {
        Heard each = new Heard(event, Duration.ofNanos(nowNs - startNs));
        heard.add(each);
        return each;
    }

    /** Of the ears in this process. */
    void onLocal(SpeechEvent event) {
        if (event instanceof SpeechEvent.SpeechEnded ended) {
            localSpeechEnd = Optional.of(ended.offset());
        }
    }

    void onOffer(OfferOutcome outcome) {
        if (outcome != OfferOutcome.ACCEPTED) {
            lostFrames++;
        }
    }

    /** From the request until audio was taken, as the recogniser says. */
    public Optional<Duration> connectTime() {
        return heard.stream()
                .map(Heard::event)
                .filter(SpeechEvent.Ready.class::isInstance)
                .map(event -> ((SpeechEvent.Ready) event).connectTime())
                .findFirst();
    }

    public Optional<Duration> firstInterim() {
        return heard.stream()
                .filter(each -> each.event() instanceof SpeechEvent.Interim)
                .map(Heard::since)
                .findFirst();
    }

    /** From the last end of speech in the audio, as the built-in recogniser hears it, to the last final. Empty: no such pair. */
    public Optional<Duration> finalAfterSpeechEnd() {
        return heard.stream()
                .filter(each -> each.event() instanceof SpeechEvent.Final)
                .map(Heard::since)
                .reduce((first, later) -> later)
                .flatMap(at -> localSpeechEnd.map(at::minus));
    }

    /** All finals. */
    public String text() {
        return String.join(
                " ",
                heard.stream()
                        .map(Heard::event)
                        .filter(SpeechEvent.Final.class::isInstance)
                        .map(event -> ((SpeechEvent.Final) event).text())
                        .toList());
    }

    /** Frames that found no room. */
    public long lostFrames() {
        return lostFrames;
    }

    /** It was heard to its end, no failure was fatal, and there are words where words are expected. */
    public boolean isGood() {
        boolean ended = heard.stream().anyMatch(each -> each.event() instanceof SpeechEvent.Closed);
        boolean failed =
                heard.stream().anyMatch(each -> each.event() instanceof SpeechEvent.Failure failure && failure.fatal());
        return ended && !failed && (!transcribes || !text().isEmpty());
    }
}
