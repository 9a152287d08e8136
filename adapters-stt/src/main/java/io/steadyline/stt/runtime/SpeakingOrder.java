package io.steadyline.stt.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose words count now. Connections that were replaced are read to their end, and words come in the order of the audio: the
 * oldest one has the word, what the later ones say is held until it is over. Used by the session's thread.
 */
final class SpeakingOrder {

    private final Words words;
    private final Deque<Attempt> leaving = new ArrayDeque<>();

    SpeakingOrder(Words words) {
        this.words = words;
    }

    /** Replaced, to be read to its end. */
    void add(Attempt replaced) {
        leaving.addLast(replaced);
    }

    /** Nobody is read to its end: the current connection has the word. */
    boolean isEmpty() {
        return leaving.isEmpty();
    }

    List<Attempt> leaving() {
        return List.copyOf(leaving);
    }

    /** Now, or when its turn comes. */
    void hear(Attempt attempt, Heard.OfSpeech said, @Nullable Attempt current, long nowNs) {
        Attempt oldest = leaving.peek();
        if (attempt == (oldest == null ? current : oldest)) {
            words.hear(attempt, said, nowNs);
        } else {
            hold(attempt.held(), said);
        }
    }

    /** An interim text says all that the one before it said. */
    private static void hold(Deque<Heard.OfSpeech> held, Heard.OfSpeech said) {
        if (said instanceof Heard.Interim && held.peekLast() instanceof Heard.Interim) {
            held.removeLast();
        }
        held.addLast(said);
    }

    /** Those that are over leave in their order; what the next ones said meanwhile is heard then. */
    void passTheWord(@Nullable Attempt current, long nowNs) {
        for (Attempt oldest = leaving.peek(); oldest != null; oldest = leaving.peek()) {
            hearHeld(oldest, nowNs);
            if (oldest.state() != Attempt.State.ENDED) {
                return;
            }
            leaving.removeFirst();
            words.onLeft(oldest);
        }
        if (current != null) {
            hearHeld(current, nowNs);
        }
    }

    /** The session ends: nobody waits, but what older ones left open is settled before later ones are heard. */
    void hearAllHeld(@Nullable Attempt current, long nowNs) {
        for (Attempt attempt : leaving) {
            hearHeld(attempt, nowNs);
            words.onLeft(attempt);
        }
        if (current != null) {
            hearHeld(current, nowNs);
        }
    }

    private void hearHeld(Attempt attempt, long nowNs) {
        for (Heard.OfSpeech said = attempt.held().poll();
                said != null;
                said = attempt.held().poll()) {
            words.hear(attempt, said, nowNs);
        }
    }
}
