package io.steadyline.pacing;

import io.steadyline.media.Ptime;
import java.time.Duration;

/**
 * Rules of the sending direction.
 *
 * @param lead how far ahead of real time frames go, 0 to 200 ms: a pause of ours that is shorter is not heard
 */
public record TxPacing(Ptime ptime, Duration lead) {

    /** 40 ms covers the pauses of a small-heap collector; more only makes a clear later. */
    public static final TxPacing DEFAULT = new TxPacing(Ptime.MS_20, Duration.ofMillis(40));

    public TxPacing {
        if (lead.isNegative() || lead.toMillis() > 200) {
            throw new IllegalArgumentException("lead: " + lead.toMillis() + " ms (expected: 0 to 200 ms)");
        }
    }

    /** The most frames that one turn of the loop may send: the lead, and the frame that is due. */
    public int maxFramesPerTurn() {
        return (int) (lead.toMillis() / ptime.ms()) + 1;
    }
}
