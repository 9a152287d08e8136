package io.steadyline.call;

import io.steadyline.restart.CallPast;
import io.steadyline.restart.CallPast.Final;
import io.steadyline.signal.Resumption;
import java.time.Duration;

/**
 * How a call goes on that an earlier boot, or an earlier stream that is forgotten here, has begun.
 *
 * @param gap from the last sign of it until now
 * @param adopted on the same socket, which was kept
 * @param nextPlayoutNs when the next agent frame was due, on the machine's monotonic clock; 0: nothing played
 * @param lastMarkNumber of the marks named by us on the wire
 */
public record Continuation(CallPast past, Duration gap, boolean adopted, long nextPlayoutNs, long lastMarkNumber) {

    /** The peer has come back on a new stream. */
    static Continuation rejoined(CallPast past, Duration gap) {
        return new Continuation(past, gap, false, 0, 0);
    }

    /** Of the call, since its first stream; without what a clock that was set back makes negative. */
    Duration age() {
        Duration before = Duration.between(past.startedAt(), past.lastSeen());
        return before.isNegative() ? gap : before.plus(gap);
    }

    Resumption forAgent() {
        return new Resumption(
                gap.toMillis(),
                past.lostInFrames(),
                past.lostOutMs(),
                past.endedBecause(),
                adopted,
                past.finals().stream().map(Final::text).toList(),
                past.marksOutstanding());
    }
}
