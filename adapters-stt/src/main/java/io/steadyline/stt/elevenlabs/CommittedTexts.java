package io.steadyline.stt.elevenlabs;

import io.steadyline.stt.vendor.Hearing.Said;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One final of each segment. With timestamps the server tells a segment twice, plain and with its words; which one comes
 * first is not documented.
 */
final class CommittedTexts {

    private final boolean toldTwice;

    /** Came plain; its words are still to come. */
    private @Nullable String plain;

    /** Came with its words first; the plain text is still to come. */
    private @Nullable String withWords;

    /** Was told plain after a wait; its words may still come. */
    private @Nullable String toldPlain;

    CommittedTexts(boolean toldTwice) {
        this.toldTwice = toldTwice;
    }

    /** Empty: to be told later, or told already. */
    Optional<Said> onPlain(String text) {
        if (!toldTwice) {
            return Optional.of(Said.of(text));
        }
        if (text.equals(withWords)) {
            withWords = null;
            return Optional.empty();
        }
        plain = text;
        return Optional.empty();
    }

    /** Empty: told already. */
    Optional<Said> onWords(Said said) {
        boolean isLate = said.text().equals(toldPlain);
        withWords = plain == null && !isLate ? said.text() : null;
        plain = null;
        toldPlain = null;
        return isLate ? Optional.empty() : Optional.of(said);
    }

    /** Something of a later segment came: a plain text that still waits is told as it is. */
    Optional<Said> overdue() {
        if (plain == null) {
            return Optional.empty();
        }
        toldPlain = plain;
        plain = null;
        return Optional.of(Said.of(toldPlain));
    }
}
