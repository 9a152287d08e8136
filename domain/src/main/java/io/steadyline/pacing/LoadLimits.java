package io.steadyline.pacing;

import java.time.Duration;

/**
 * What the media loop may carry.
 *
 * @param lateness of its turns; zero: not judged
 * @param busyPercent of the time in which the loop works or waits for a processor; 100: not judged
 */
public record LoadLimits(Duration lateness, int busyPercent) {

    /** Nothing is judged, no call is refused. */
    public static final LoadLimits OFF = new LoadLimits(Duration.ZERO, 100);

    public LoadLimits {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("lateness: " + lateness.toMillis() + " ms (expected: 0 or more)");
        }
        if (busyPercent < 50 || busyPercent > 100) {
            throw new IllegalArgumentException("busyPercent: " + busyPercent + " (expected: 50 to 100)");
        }
    }
}
