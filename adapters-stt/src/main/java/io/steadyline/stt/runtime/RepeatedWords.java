package io.steadyline.stt.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The words of a vendor that does not say where they lie. When such audio is sent again, to be on the safe side, nothing but
 * the words themselves tells what was said already. Used by the session's thread.
 */
final class RepeatedWords {

    /** Of a monologue without a pause not everything is remembered. */
    private static final int MAX_FINALS = 64;

    /** A final and its place by a guess, in ms from the start of the call; in the middle of speech it may have no length. */
    private record Told(List<String> words, long startMs, long endMs) {

        boolean isSettledBy(long callMs) {
            return callMs > startMs && callMs >= endMs;
        }
    }

    private final Deque<Told> unsettled = new ArrayDeque<>();
    private List<String> expected = List.of();
    private boolean begun;

    /** Its audio may be sent again. */
    void told(String text, long guessedStartMs, long guessedEndMs) {
        unsettled.addLast(new Told(words(text), guessedStartMs, guessedEndMs));
        if (unsettled.size() > MAX_FINALS) {
            unsettled.removeFirst();
        }
    }

    /** Audio before this moment of the call is never sent again. */
    void settledUntil(long callMs) {
        while (!unsettled.isEmpty() && unsettled.getFirst().isSettledBy(callMs)) {
            unsettled.removeFirst();
        }
    }

    /** All that is unsettled is sent again: its words come once more. */
    void onReplay() {
        expected = new ArrayList<>();
        unsettled.forEach(told -> expected.addAll(told.words()));
        begun = false;
    }

    /** Words that were told already are still to come. */
    boolean areExpected() {
        return !expected.isEmpty();
    }

    /** How many words at the beginning of this final were told before. The next final is asked about what follows them. */
    int takeFrom(String text) {
        int count = atBeginningOf(text);
        if (count == 0) {
            expected = List.of();
        }
        return count;
    }

    /** All of this was told before; what is expected stays so. */
    boolean isAllIn(String text) {
        List<String> before = expected;
        boolean hadBegun = begun;
        int count = atBeginningOf(text);
        expected = before;
        begun = hadBegun;
        return count == words(text).size();
    }

    private int atBeginningOf(String text) {
        List<String> now = words(text);
        // Where the replay begins is a guess too: it may begin in the middle of what was told.
        int lastFrom = begun ? 0 : expected.size() - 1;
        for (int from = 0; from <= lastFrom && !expected.isEmpty(); from++) {
            List<String> rest = expected.subList(from, expected.size());
            int count = Math.min(rest.size(), now.size());
            if (rest.subList(0, count).equals(now.subList(0, count))) {
                expected = List.copyOf(rest.subList(count, rest.size()));
                begun = true;
                return count;
            }
        }
        return 0;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }
}
