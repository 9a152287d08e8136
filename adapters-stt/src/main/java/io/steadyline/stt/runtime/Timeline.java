package io.steadyline.stt.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Where the audio of one connection lies in the call. The connection counts ms from its own first byte; the call counts from
 * its start; what was sent may have left frames out, repeated some, or put silence in. Not thread-safe.
 */
final class Timeline {

    /** Old stretches are of no use once finals have passed them; this many are far more than a vendor looks back. */
    private static final int MAX_STRETCHES = 256;

    /** @param moving false: silence of ours, all of it lies at {@code callMs} */
    private record Stretch(long streamMs, long callMs, boolean moving) {
        long at(long offsetMs) {
            return moving ? callMs + (offsetMs - streamMs) : callMs;
        }
    }

    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private long streamMs;
    private long callEndMs;

    /** @param startMs of the call: what is asked for before anything was sent */
    Timeline(long startMs) {
        callEndMs = startMs;
    }

    /** Audio of the call was sent. */
    void sent(long callMs, long durationMs) {
        Stretch last = stretches.peekLast();
        if (last == null || !last.moving() || last.at(streamMs) != callMs) {
            begin(new Stretch(streamMs, callMs, true));
        }
        streamMs += durationMs;
        callEndMs = callMs + durationMs;
    }

    /** Silence was sent that is no part of the call. */
    void filled(long durationMs) {
        Stretch last = stretches.peekLast();
        if (last == null || last.moving()) {
            begin(new Stretch(streamMs, callEndMs, false));
        }
        streamMs += durationMs;
    }

    /** All that was sent. */
    long streamMs() {
        return streamMs;
    }

    /** End of the latest audio of the call that was sent. */
    long callEndMs() {
        return callEndMs;
    }

    /** Where in the call an offset of the connection lies. Offsets beyond what was sent count as its end. */
    long callMs(long offsetMs) {
        if (offsetMs >= streamMs) {
            return callEndMs;
        }
        Iterator<Stretch> backwards = stretches.descendingIterator();
        long result = callEndMs;
        while (backwards.hasNext()) {
            Stretch stretch = backwards.next();
            result = stretch.at(Math.max(offsetMs, stretch.streamMs()));
            if (offsetMs >= stretch.streamMs()) {
                break;
            }
        }
        return result;
    }

    /** What was sent after this offset never arrived: it will be sent again. */
    void rewind(long offsetMs) {
        long callMs = callMs(offsetMs);
        while (!stretches.isEmpty() && stretches.getLast().streamMs() >= offsetMs) {
            stretches.removeLast();
        }
        streamMs = Math.min(streamMs, offsetMs);
        callEndMs = callMs;
    }

    private void begin(Stretch stretch) {
        stretches.addLast(stretch);
        if (stretches.size() > MAX_STRETCHES) {
            stretches.removeFirst();
        }
    }
}
