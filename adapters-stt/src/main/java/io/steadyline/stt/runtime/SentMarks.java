package io.steadyline.stt.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How far a call had been sent at moments of the last seconds. Time is an argument; used by the session's thread. */
final class SentMarks {

    private static final long EVERY_NS = Duration.ofMillis(200).toNanos();
    private static final int MAX = 64;

    private record Mark(long atNs, long callEndMs) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    void mark(long callEndMs, long nowNs) {
        Mark last = marks.peekLast();
        if (last == null || nowNs - last.atNs() >= EVERY_NS) {
            marks.addLast(new Mark(nowNs, callEndMs));
            if (marks.size() > MAX) {
                marks.removeFirst();
            }
        }
    }

    /** What had been sent {@code agoNs} ago; 0 when that was nothing. */
    long sentUntilMs(long agoNs, long nowNs) {
        Iterator<Mark> backwards = marks.descendingIterator();
        while (backwards.hasNext()) {
            Mark mark = backwards.next();
            if (nowNs - mark.atNs() >= agoNs) {
                return mark.callEndMs();
            }
        }
        return 0;
    }
}
