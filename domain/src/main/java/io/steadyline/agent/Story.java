package io.steadyline.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the caller has said, for a bot that takes the call from another. Media loop. */
final class Story {

    private static final int MAX_FINALS = 200;

    private record Heard(long sequence, String text) {}

    private final Deque<Heard> finals = new ArrayDeque<>();

    void add(long sequence, String text) {
        if (finals.size() == MAX_FINALS) {
            finals.removeFirst();
        }
        finals.addLast(new Heard(sequence, text));
    }

    /** Oldest first, without what is replayed from this event on. */
    List<String> before(long sequence) {
        return finals.stream()
                .filter(heard -> heard.sequence < sequence)
                .map(Heard::text)
                .toList();
    }
}
