package io.steadyline.pacing;

import io.steadyline.media.Ptime;
import java.time.Duration;

/**
 * Rules of the receiving direction.
 *
 * @param drainEnterFrames depth from which frames go faster than real time (R8: 100)
 * @param drainLeaveFrames depth at which they stop doing so (R8: 20)
 * @param drainFramesPerTurn bound of one turn of the loop in drain mode, so that one call cannot hold the others
 * @param lagLimit a depth above {@code drainLeaveFrames} for so long is drained as well: otherwise half a second of lag
 *     after a pause of ours would stay for the rest of the call
 */
public record RxPacing(
        Ptime ptime, int drainEnterFrames, int drainLeaveFrames, int drainFramesPerTurn, Duration lagLimit) {

    public static final RxPacing DEFAULT = new RxPacing(Ptime.MS_20, 100, 20, 10, Duration.ofSeconds(5));

    public RxPacing {
        if (drainLeaveFrames < 0 || drainLeaveFrames >= drainEnterFrames) {
            throw new IllegalArgumentException("drainLeaveFrames: " + drainLeaveFrames
                    + " (expected: 0 or more and below drainEnterFrames, " + drainEnterFrames + ")");
        }
        if (drainFramesPerTurn < 2) {
            throw new IllegalArgumentException("drainFramesPerTurn: " + drainFramesPerTurn + " (expected: 2 or more)");
        }
    }
}
