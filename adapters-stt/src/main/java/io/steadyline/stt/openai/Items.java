package io.steadyline.stt.openai;

import io.steadyline.stt.vendor.Hearing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stretches of speech of one session, in the order of the audio. Their texts may be completed in any order; what is
 * released is in order.
 */
final class Items {

    /** One stretch; what the server tells about it comes in pieces. */
    static final class Item {
        private final StringBuilder text = new StringBuilder();
        private OptionalDouble confidence = OptionalDouble.empty();
        private long startMs = Hearing.UNKNOWN;
        private long endMs = Hearing.UNKNOWN;
        private String previous = "";
        private boolean isCommitted;
        private boolean isAsked;
        private boolean isDone;

        void startsAt(long offsetMs) {
            startMs = offsetMs;
        }

        void endsAt(long offsetMs) {
            endMs = offsetMs;
        }

        boolean hasEnd() {
            return endMs != Hearing.UNKNOWN;
        }

        /** A commit of ours made it. */
        void asked() {
            isAsked = true;
        }

        boolean isAsked() {
            return isAsked;
        }

        void add(String delta) {
            text.append(delta);
        }

        void complete(String transcript, OptionalDouble howSure) {
            text.setLength(0);
            text.append(transcript);
            confidence = howSure;
            isDone = true;
        }

        Hearing.Said said() {
            return new Hearing.Said(text.toString().strip(), startMs, endMs, confidence, List.of());
        }
    }

    /** All that are not released yet, by id. */
    private final Map<String, Item> known = new LinkedHashMap<>();

    /** Ids of those that are committed, in order. */
    private final List<String> order = new ArrayList<>();

    /** Ids of a session, which lives an hour at most. */
    private final Set<String> released = new HashSet<>();

    /** What is told about a released one comes too late: it goes nowhere. */
    Item of(String id) {
        return released.contains(id) ? new Item() : known.computeIfAbsent(id, _ -> new Item());
    }

    /** @param previous id of the one before; of none that is known: it is the last so far */
    Item committed(String id, String previous) {
        Item item = of(id);
        if (!item.isCommitted && !released.contains(id)) {
            item.isCommitted = true;
            item.previous = previous;
            order.add(place(id, previous), id);
        }
        return item;
    }

    private int place(String id, String previous) {
        int before = order.indexOf(previous);
        if (before >= 0) {
            return before + 1;
        }
        int after = 0;
        while (after < order.size() && !of(order.get(after)).previous.equals(id)) {
            after++;
        }
        return after;
    }

    /** Whether or not its commit was told. */
    void completed(String id, String transcript, OptionalDouble confidence) {
        committed(id, "").complete(transcript, confidence);
    }

    /** The next one whose text is complete and has nothing open before it. */
    Optional<Item> release() {
        if (order.isEmpty() || !of(order.getFirst()).isDone) {
            return Optional.empty();
        }
        String id = order.removeFirst();
        released.add(id);
        return Optional.ofNullable(known.remove(id));
    }

    /** None is committed without its text. */
    boolean isSettled() {
        return order.isEmpty();
    }

    /** The text of all that are not released. */
    String openText() {
        Stream<Item> committed = order.stream().map(this::of);
        Stream<Item> open = known.values().stream().filter(item -> !item.isCommitted);
        return Stream.concat(committed, open)
                .map(item -> item.text.toString().strip())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
