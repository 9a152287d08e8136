package io.steadyline.websocket.downstream;

import java.util.HashMap;
import java.util.Map;

/**
 * Names that this bot has marked and that were not returned yet, to bound them. Any thread; a short lock.
 */
final class PendingMarks {

    static final int MAX = 2048;

    private final Map<String, Integer> names = new HashMap<>();
    private int count;

    /** False: too many wait. */
    synchronized boolean add(String name) {
        if (count == MAX) {
            return false;
        }
        count++;
        names.merge(name, 1, Integer::sum);
        return true;
    }

    /** False: this bot has not asked for it. */
    synchronized boolean take(String name) {
        if (!names.containsKey(name)) {
            return false;
        }
        count--;
        names.computeIfPresent(name, (_, marks) -> marks == 1 ? null : marks - 1);
        return true;
    }
}
