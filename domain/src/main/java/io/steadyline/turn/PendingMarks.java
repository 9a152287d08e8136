package io.steadyline.turn;

import io.steadyline.signal.MarkOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks that the peer has not returned yet. The name on the wire is ours, so that an agent may use a name twice and a
 * return that crosses a clear on its way is known for what it is: nobody can tell whether it was played, so it stays
 * interrupted (Twilio returns all marks at a clear, played or not).
 */
public final class PendingMarks {

    private static final String WIRE_PREFIX = "m";

    /**
     * A mark and what became of it.
     *
     * @param playedFrames agent frames sent before it
     */
    public record Settled(String name, MarkOutcome outcome, long playedFrames) {}

    private record Outstanding(String name, long playedFrames) {}

    private final Map<String, Outstanding> outstanding = new LinkedHashMap<>();
    private long lastNumber;
    private long lastInterruptedNumber;

    /** Notes a mark that is about to be sent and returns its name on the wire. */
    public String onSend(String name, long framesBefore) {
        String wireName = WIRE_PREFIX + ++lastNumber;
        outstanding.put(wireName, new Outstanding(name, framesBefore));
        return wireName;
    }

    /** Goes on counting behind what a worker before this one has sent; returns of those are late ones. */
    public void continueAfter(long number) {
        lastNumber = Math.max(lastNumber, number);
        lastInterruptedNumber = Math.max(lastInterruptedNumber, number);
    }

    /** Number of the last mark that was sent. */
    public long lastNumber() {
        return lastNumber;
    }

    /** The peer returned a mark; null when that settles nothing. */
    public @Nullable Settled onReturned(String wireName) {
        Outstanding mark = outstanding.remove(wireName);
        return mark == null ? null : new Settled(mark.name, MarkOutcome.PLAYED, mark.playedFrames);
    }

    /** The return of a mark that a clear or a lost stream had interrupted before: expected, and without meaning. */
    public boolean isLateReturn(String wireName) {
        if (!wireName.startsWith(WIRE_PREFIX) || wireName.length() > 20) {
            return false;
        }
        try {
            long number = Long.parseLong(wireName.substring(WIRE_PREFIX.length()));
            return number > 0 && number <= lastInterruptedNumber;
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    /** A clear, or the stream is gone: everything outstanding is interrupted, oldest first. */
    public List<Settled> interruptAll() {
        List<Settled> settled = new ArrayList<>(outstanding.size());
        for (Outstanding mark : outstanding.values()) {
            settled.add(new Settled(mark.name, MarkOutcome.INTERRUPTED, mark.playedFrames));
        }
        outstanding.clear();
        lastInterruptedNumber = lastNumber;
        return settled;
    }

    public int size() {
        return outstanding.size();
    }
}
