package io.steadyline.pacing;

import io.steadyline.media.Ptime;
import java.time.Duration;

/**
 * Rules of the receiving direction.
 *
 * @param drainEnterFrames depth from which frames go faster than real time (R8: 100)
 * @param drainLeaveFrames depth at which they stop doing so (R8: 20)
 * @param drainFramesPerTurn bound of one turn of the loop in drain mode, so that one call cannot hold the others
 * @param lagEnterFrames depth from which a lag that stays is drained too (18: just below what R17 no longer
 *     calls healthy, as a depth swings by one with every frame)
 * @param lagLeaveFrames depth down to which it is drained (4: 80 ms, what jitter explains)
 * @param lagLimit how long a lag may stay: without this, what a pause of ours or the end of a drain leaves behind would
 *     delay the recogniser for the rest of the call
 */
public record RxPacing(
        Ptime ptime,
        int drainEnterFrames,
        int drainLeaveFrames,
        int drainFramesPerTurn,
        int lagEnterFrames,
        int lagLeaveFrames,
        Duration lagLimit) {

    public static final RxPacing DEFAULT = new RxPacing(Ptime.MS_20, 100, 20, 10, 18, 4, Duration.ofSeconds(3));

    public RxPacing {
        if (drainLeaveFrames < 0 || drainLeaveFrames >= drainEnterFrames) {
            throw new IllegalArgumentException("drainLeaveFrames: " + drainLeaveFrames
                    + " (expected: 0 or more and below drainEnterFrames, " + drainEnterFrames + ")");
        }
        if (lagLeaveFrames < 0 || lagLeaveFrames >= lagEnterFrames) {
            throw new IllegalArgumentException("lagLeaveFrames: " + lagLeaveFrames
                    + " (expected: 0 or more and below lagEnterFrames, " + lagEnterFrames + ")");
        }
        if (drainFramesPerTurn < 2) {
            throw new IllegalArgumentException("drainFramesPerTurn: " + drainFramesPerTurn + " (expected: 2 or more)");
        }
    }
}
