package io.steadyline.stt.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a vendor that does not say where they lie. When such audio is sent again, to be on the safe side, nothing but
 * the words themselves tells what was said already. Used by the session's thread.
 */
final class RepeatedWords {

    /** Of a monologue without a pause not everything is remembered. */
    private static final int MAX_FINALS = 64;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]");

    /**
     * A final and its place by a guess, in ms from the start of the call; in the middle of speech it may have no length.
     *
     * @param reachMs its words are about audio before this
     */
    private record Told(List<String> words, long startMs, long endMs, long reachMs) {

        boolean isSettledBy(long callMs) {
            return callMs > startMs && callMs >= endMs;
        }
    }

    private final Deque<Told> unsettled = new ArrayDeque<>();
    private List<String> expected = List.of();
    private long expectedReachMs;
    private boolean begun;

    /** Its audio may be sent again. */
    void told(String text, long guessedStartMs, long guessedEndMs, long reachMs) {
        unsettled.addLast(new Told(words(text), guessedStartMs, guessedEndMs, reachMs));
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

    /** What is unsettled is sent again from this moment of the call on: its words come once more. */
    void onReplay(long fromMs) {
        expected = new ArrayList<>();
        expectedReachMs = 0;
        begun = false;
        for (Told told : unsettled) {
            if (!told.isSettledBy(fromMs)) {
                expected.addAll(told.words());
                expectedReachMs = Math.max(expectedReachMs, told.reachMs());
            }
        }
    }

    /**
     * How many words at the beginning of this final were told before. The next final is asked about what follows them.
     *
     * @param startMs where it begins: what begins behind all that was told is new; -1: its vendor does not say, and a guess
     *     is no help, since what is repeated is guessed to lie behind
     */
    int takeFrom(String text, long startMs) {
        if (expected.isEmpty() || startMs >= expectedReachMs) {
            expected = List.of();
            return 0;
        }
        List<String> now = words(text);
        // Where the replay begins is a guess too: it may begin in the middle of what was told.
        int beginnings = begun ? 1 : expected.size();
        for (int from = 0; from < beginnings; from++) {
            List<String> rest = expected.subList(from, expected.size());
            int count = Math.min(rest.size(), now.size());
            if (rest.subList(0, count).equals(now.subList(0, count))) {
                expected = List.copyOf(rest.subList(count, rest.size()));
                begun = true;
                return count;
            }
        }
        expected = List.of();
        return 0;
    }

    /** One for each part between blanks: without marks, which a vendor sets differently the second time. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String part : List.of(text.strip().split("\\s+"))) {
            words.add(NO_WORD.matcher(part.toLowerCase(Locale.ROOT)).replaceAll(""));
        }
        return words;
    }
}
