package io.steadyline.pacing;

import io.steadyline.media.Ptime;
import java.time.Duration;

/**
 * Rules of the receiving direction.
 *
 * @param drainEnterFrames depth from which frames go faster than real time (R8: 100)
 * @param drainLeaveFrames depth at which they stop doing so (R8: 20)
 * @param drainFramesPerTurn bound of one turn of the loop in drain mode, so that one call cannot hold the others
 * @param lagFrames depth that jitter explains; a depth that stays above is a lag (4: 80 ms)
 * @param lagLimit a lag that has stayed for so long is drained as well, down to {@code lagFrames}: otherwise what a pause
 *     of ours or the end of a drain leaves behind would delay the recogniser for the rest of the call
 */
public record RxPacing(
        Ptime ptime,
        int drainEnterFrames,
        int drainLeaveFrames,
        int drainFramesPerTurn,
        int lagFrames,
        Duration lagLimit) {

    public static final RxPacing DEFAULT = new RxPacing(Ptime.MS_20, 100, 20, 10, 4, Duration.ofSeconds(3));

    public RxPacing {
        if (drainLeaveFrames < 0 || drainLeaveFrames >= drainEnterFrames) {
            throw new IllegalArgumentException("drainLeaveFrames: " + drainLeaveFrames
                    + " (expected: 0 or more and below drainEnterFrames, " + drainEnterFrames + ")");
        }
        if (lagFrames < 0 || lagFrames > drainLeaveFrames) {
            throw new IllegalArgumentException(
                    "lagFrames: " + lagFrames + " (expected: 0 to drainLeaveFrames, " + drainLeaveFrames + ")");
        }
        if (drainFramesPerTurn < 2) {
            throw new IllegalArgumentException("drainFramesPerTurn: " + drainFramesPerTurn + " (expected: 2 or more)");
        }
    }
}
