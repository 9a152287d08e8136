package io.steadyline.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The queues of one call as they were last told, in numbers that are written over: records of each second live just long enough
 * to be copied by a collection. Not thread-safe.
 */
public final class LatestCounts {

    private static final QueueName[] QUEUES = QueueName.values();
    /** Of one queue. */
    private static final int NUMBERS = 9;

    private final long[] numbers = new long[QUEUES.length * NUMBERS];
    private final boolean[] known = new boolean[QUEUES.length];

    @SuppressWarnings("EnumOrdinal") // the places never leave this object
    public void put(QueueCounts counts) {
        known[counts.queue().ordinal()] = true;
        int at = counts.queue().ordinal() * NUMBERS;
        numbers[at++] = counts.in();
        numbers[at++] = counts.out();
        numbers[at++] = counts.droppedOverflow();
        numbers[at++] = counts.droppedCleared();
        numbers[at++] = counts.droppedClosed();
        numbers[at++] = counts.refused();
        numbers[at++] = counts.depth();
        numbers[at++] = counts.maxDepth();
        numbers[at] = counts.controlDepth();
    }

    /** Empty: never told. */
    @SuppressWarnings("EnumOrdinal")
    public Optional<QueueCounts> of(QueueName queue) {
        return known[queue.ordinal()] ? Optional.of(read(queue)) : Optional.empty();
    }

    /** Those that were told, in the order of their names' declaration. */
    public List<QueueCounts> all() {
        List<QueueCounts> all = new ArrayList<>(QUEUES.length);
        for (QueueName queue : QUEUES) {
            of(queue).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    @SuppressWarnings("EnumOrdinal")
    private QueueCounts read(QueueName queue) {
        int at = queue.ordinal() * NUMBERS;
        return new QueueCounts(
                queue,
                numbers[at],
                numbers[at + 1],
                numbers[at + 2],
                numbers[at + 3],
                numbers[at + 4],
                numbers[at + 5],
                (int) numbers[at + 6],
                (int) numbers[at + 7],
                (int) numbers[at + 8]);
    }
}
