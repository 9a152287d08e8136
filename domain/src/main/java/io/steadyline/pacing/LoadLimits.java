package io.steadyline.pacing;

import java.time.Duration;

/**
 * What the media loop may carry.
 *
 * @param lateness of its turns; zero: not judged
 * @param busyPercent of the time in which the loop works or waits for a processor; 100: not judged
 * @param callsAnyway are taken whatever the loop shows
 */
public record LoadLimits(Duration lateness, int busyPercent, int callsAnyway) {

    /** Nothing is judged, no call is refused. */
    public static final LoadLimits OFF = new LoadLimits(Duration.ZERO, 100, 0);

    /** So few calls are not what keeps a loop busy: on a machine that starves, refusing them helps nobody. */
    public static final int FEW_CALLS = 10;

    public LoadLimits {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("lateness: " + lateness.toMillis() + " ms (expected: 0 or more)");
        }
        if (busyPercent < 50 || busyPercent > 100) {
            throw new IllegalArgumentException("busyPercent: " + busyPercent + " (expected: 50 to 100)");
        }
        if (callsAnyway < 0) {
            throw new IllegalArgumentException("callsAnyway: " + callsAnyway + " (expected: 0 or more)");
        }
    }
}
