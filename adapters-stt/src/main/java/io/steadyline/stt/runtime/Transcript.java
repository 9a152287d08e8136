package io.steadyline.stt.runtime;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.Hearing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;

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
    private long segments;
    private String openText = "";
    private long finalUntilMs;
    private long utteranceStartMs = Hearing.UNKNOWN;
    private StringJoiner utterance = new StringJoiner(" ");
    /** A final without a place that comes now belongs to what was promoted already. */
    private boolean promotedIsOwed;

    private boolean replayed;
    /** The vendor said where the last final ended; otherwise {@link #finalUntilMs} is a guess. */
    private boolean isUntilTold = true;

    private String lastText = "";
    private long lastStartMs;

    Transcript(EventOut out) {
        this.out = out;
    }

    /** All before this is final. */
    long finalUntilMs() {
        return finalUntilMs;
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

    /** Audio is sent again; without places only the words can tell what is known already. */
    void onReplay() {
        replayed = true;
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
        boolean old = placed && endMs <= finalUntilMs + TOLERANCE_MS && finalUntilMs > 0;
        if (old || (promotedIsOwed && !saysWhatIsNew(said))) {
            forgetKnown();
            return;
        }
        boolean wordsTell = replayed && !(placed && isUntilTold) && said.words().isEmpty();
        Heard.Final fresh = wordsTell ? withoutRepeatedWords(said) : withoutOldWords(said);
        replayed = false;
        if (fresh.text().isBlank()) {
            forgetKnown();
            return;
        }
        long startMs = Math.max(finalUntilMs, fresh.startMs() == Hearing.UNKNOWN ? defaultStartMs : fresh.startMs());
        tell(fresh, cause, startMs, Math.max(startMs, endMs));
        isUntilTold = placed;
        promotedIsOwed = false;
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
        if (replayed && isBeginningOf(lastText, openText)) {
            forgetKnown();
            return;
        }
        Heard.Final said = new Heard.Final(openText, startMs, endMs, OptionalDouble.empty(), List.of());
        long from = Math.max(finalUntilMs, startMs);
        tell(said, Cause.PROMOTED, from, Math.max(from, endMs));
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
        boolean reachesBack = said.startMs() != Hearing.UNKNOWN && said.startMs() < finalUntilMs - TOLERANCE_MS;
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

    /** Without the words at its beginning that are the last ones of the final before. */
    private Heard.Final withoutRepeatedWords(Heard.Final said) {
        List<String> before = words(lastText);
        List<String> now = words(said.text());
        for (int count = Math.min(before.size(), now.size()); count > 0; count--) {
            if (before.subList(before.size() - count, before.size()).equals(now.subList(0, count))) {
                String rest = String.join(
                        " ", List.of(said.text().strip().split("\\s+")).subList(count, now.size()));
                return new Heard.Final(rest, said.startMs(), said.endMs(), said.confidence(), List.of());
            }
        }
        return said;
    }

    private static boolean isBeginningOf(String whole, String part) {
        List<String> all = words(whole);
        List<String> first = words(part);
        return first.size() <= all.size() && all.subList(0, first.size()).equals(first);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    /** Stays the same from the first interim to the final, over a lost connection too. */
    private String segment() {
        return "s" + (segments + 1);
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }
}
