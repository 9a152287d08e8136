package io.steadyline.stt.runtime;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.Hearing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.function.LongSupplier;

/**
 * The words of one call in their order, whoever wrote them: each stretch of audio becomes final once, whatever is sent again
 * after a loss. Places are ms from the start of the call. Used by the session's thread.
 */
final class Transcript {

    /** Vendors round; two finals that touch may overlap by this. */
    private static final long TOLERANCE_MS = 20;
    /** An hour of speech. Of a vendor that says more, or never ends an utterance, not everything is kept. */
    private static final int MAX_UTTERANCE_CHARS = 64_000;

    private final EventOut out;
    private final LongSupplier heardUntilMs;
    private long segments;
    private String openText = "";
    private long finalUntilMs;
    private long utteranceStartMs = Hearing.UNKNOWN;
    private StringJoiner utterance = new StringJoiner(" ");
    /** A final without a place that comes now belongs to what was promoted already. */
    private boolean promotedIsOwed;

    /** The vendor said where the last final ended; otherwise {@link #finalUntilMs} is a guess. */
    private boolean isUntilTold = true;

    private final RepeatedWords repeated = new RepeatedWords();
    private long settledUntilMs;
    private long promotedUntilMs;

    private String lastText = "";
    private long lastStartMs;

    /** @param heardUntilMs so far has the caller been heard: what is told now is about audio before this */
    Transcript(EventOut out, LongSupplier heardUntilMs) {
        this.out = out;
        this.heardUntilMs = heardUntilMs;
    }

    /** All before this is final, as far as is known: of a vendor that names no places it is a guess, and may be too late. */
    long finalUntilMs() {
        return finalUntilMs;
    }

    /** All before this is final for sure: what comes after it is sent again when a connection is lost. */
    long settledUntilMs() {
        return settledUntilMs;
    }

    /** What an interim text was made final for, if no final has come since: not before {@link #settledUntilMs}. */
    long promotedUntilMs() {
        return Math.max(settledUntilMs, promotedUntilMs);
    }

    /** Audio before this moment of the call has its words, all of them. */
    void settledUntil(long callMs) {
        settledUntilMs = Math.max(settledUntilMs, callMs);
        repeated.settledUntil(settledUntilMs);
    }

    /** An interim text waits for its final. */
    boolean isOpen() {
        return !openText.isEmpty();
    }

    /** Of the latest final: the context of what comes. */
    Optional<String> lastText() {
        return lastText.isEmpty() ? Optional.empty() : Optional.of(lastText);
    }

    /** So many so far. */
    long finals() {
        return segments;
    }

    /** Where the latest final begins; 0 before the first. */
    long lastStartMs() {
        return lastStartMs;
    }

    /** The caller begins to speak: what comes without a place from now on is new. */
    void onSpeechStarted() {
        promotedIsOwed = false;
    }

    /** What is not settled is sent again from this moment of the call on; without places only the words can tell what is known already. */
    void onReplay(long fromMs) {
        repeated.onReplay(fromMs);
    }

    void interim(String text) {
        String clean = text.strip();
        if (clean.isEmpty() || clean.equals(openText) || promotedIsOwed) {
            return;
        }
        openText = clean;
        out.tell(stamp -> new SpeechEvent.Interim(stamp, segment(), clean));
    }

    /**
     * Tells a final, unless its audio was final before.
     *
     * @param defaultStartMs where the speech began, for a vendor that does not say
     * @param defaultEndMs where it ended or how far the vendor has heard, likewise
     */
    void finalText(Heard.Final said, Cause cause, long defaultStartMs, long defaultEndMs) {
        if (said.text().isBlank()) {
            openText = "";
            return;
        }
        boolean placed = said.endMs() != Hearing.UNKNOWN;
        long endMs = placed ? said.endMs() : defaultEndMs;
        boolean old = placed && isUntilTold && endMs <= finalUntilMs + TOLERANCE_MS && finalUntilMs > 0;
        // The vendor has answered since.
        promotedUntilMs = 0;
        if (old || (promotedIsOwed && !saysWhatIsNew(said))) {
            forgetKnown();
            return;
        }
        Heard.Final fresh = withoutOldWords(withoutRepeatedWords(said));
        if (placed) {
            settledUntil(endMs);
        }
        if (fresh.text().isBlank()) {
            forgetKnown();
            return;
        }
        long untilBeforeMs = finalUntilMs;
        long startMs = Math.max(finalUntilMs, fresh.startMs() == Hearing.UNKNOWN ? defaultStartMs : fresh.startMs());
        tell(fresh, cause, startMs, Math.max(startMs, endMs));
        // Within a guess that reached too far there is more to come.
        isUntilTold = placed && (isUntilTold || endMs >= untilBeforeMs);
        promotedIsOwed = false;
        if (!placed) {
            repeated.told(fresh.text(), startMs, finalUntilMs, heardUntilMs.getAsLong());
        }
    }

    /** After a promotion only a place tells words that are new from those that were promoted. */
    private boolean saysWhatIsNew(Heard.Final said) {
        return !said.words().isEmpty() || said.startMs() >= finalUntilMs - TOLERANCE_MS;
    }

    /** What was said is final already: nothing of it is awaited any more. */
    private void forgetKnown() {
        openText = "";
        promotedIsOwed = false;
    }

    /** Who owes a final for what was promoted is gone. */
    void nothingIsOwed() {
        promotedIsOwed = false;
    }

    /** Makes the interim text final: the vendor never did. Nothing happens when there is none. */
    void promote(long startMs, long endMs) {
        if (openText.isEmpty()) {
            return;
        }
        Heard.Final said = withoutRepeatedWords(
                new Heard.Final(openText, Hearing.UNKNOWN, Hearing.UNKNOWN, OptionalDouble.empty(), List.of()));
        if (said.text().isBlank()) {
            forgetKnown();
            return;
        }
        long from = Math.max(finalUntilMs, startMs);
        tell(said, Cause.PROMOTED, from, Math.max(from, endMs));
        promotedUntilMs = finalUntilMs;
        // It may reach further than the utterance that was waited for.
        repeated.told(lastText, from, finalUntilMs + 1, heardUntilMs.getAsLong());
        isUntilTold = true;
        promotedIsOwed = true;
    }

    /** Tells the end of an utterance, if it had words. */
    void endUtterance(long endMs, Cause cause, Source source) {
        if (utterance.length() == 0) {
            return;
        }
        String text = utterance.toString();
        long startMs = Math.max(0, utteranceStartMs);
        long until = Math.max(startMs, endMs == Hearing.UNKNOWN ? finalUntilMs : endMs);
        utterance = new StringJoiner(" ");
        utteranceStartMs = Hearing.UNKNOWN;
        out.tell(stamp -> new SpeechEvent.UtteranceEnd(
                stamp, ms(startMs), ms(until), text, true, cause, source, OptionalDouble.empty()));
    }

    private void tell(Heard.Final said, Cause cause, long startMs, long endMs) {
        String id = segment();
        openText = "";
        segments++;
        lastText = said.text().strip();
        lastStartMs = startMs;
        finalUntilMs = endMs;
        if (utteranceStartMs == Hearing.UNKNOWN) {
            utteranceStartMs = startMs;
        }
        utterance.add(said.text().strip());
        List<SpeechEvent.Word> words = new ArrayList<>();
        for (Heard.Word word : said.words()) {
            long from = Math.clamp(word.startMs(), startMs, endMs);
            words.add(new SpeechEvent.Word(
                    word.text(), ms(from), ms(Math.clamp(word.endMs(), from, endMs)), word.confidence()));
        }
        out.tell(stamp -> new SpeechEvent.Final(
                stamp, id, said.text().strip(), ms(startMs), ms(endMs), said.confidence(), words, cause));
        if (utterance.length() > MAX_UTTERANCE_CHARS) {
            endUtterance(endMs, Cause.MAX_LENGTH, Source.LOCAL);
        }
    }

    /** Of a final that reaches back over the last one only the words that are new. */
    private Heard.Final withoutOldWords(Heard.Final said) {
        boolean reachesBack =
                isUntilTold && said.startMs() != Hearing.UNKNOWN && said.startMs() < finalUntilMs - TOLERANCE_MS;
        if (!reachesBack || said.words().isEmpty()) {
            return said;
        }
        List<Heard.Word> fresh = said.words().stream()
                .filter(word -> (word.startMs() + word.endMs()) / 2 >= finalUntilMs)
                .toList();
        if (fresh.size() == said.words().size()) {
            return said;
        }
        String text = String.join(" ", fresh.stream().map(Heard.Word::text).toList());
        long startMs = fresh.isEmpty() ? finalUntilMs : fresh.getFirst().startMs();
        return new Heard.Final(text, startMs, said.endMs(), said.confidence(), fresh);
    }

    /** Without the words at its beginning that were told before the audio was sent again. */
    private Heard.Final withoutRepeatedWords(Heard.Final said) {
        int count = repeated.takeFrom(said.text(), said.startMs());
        if (count == 0) {
            return said;
        }
        List<String> all = List.of(said.text().strip().split("\\s+"));
        List<Heard.Word> words =
                said.words().size() == all.size() ? said.words().subList(count, all.size()) : List.of();
        String rest = String.join(" ", all.subList(count, all.size()));
        return new Heard.Final(rest, said.startMs(), said.endMs(), said.confidence(), words);
    }

    /** Stays the same from the first interim to the final, over a lost connection too. */
    private String segment() {
        return "s" + (segments + 1);
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }
}
