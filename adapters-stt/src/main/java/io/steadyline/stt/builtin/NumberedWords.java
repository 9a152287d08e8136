package io.steadyline.stt.builtin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a recogniser that knows none: "utterance 3" for the third utterance. One session's; its thread only. */
final class NumberedWords {

    /** Nine digits: what follows still fits an int. */
    private static final Pattern OURS = Pattern.compile("utterance (\\d{1,9})");

    private int count;

    /** @param lastSaid the last words of a call that goes on; what is not ours counts as none */
    NumberedWords(String lastSaid) {
        Matcher ours = OURS.matcher(lastSaid);
        count = ours.matches() ? Integer.parseInt(ours.group(1)) : 0;
    }

    String next() {
        count++;
        return "utterance " + count;
    }
}
