package io.steadyline.turn;

import java.time.Duration;

/**
 * What caller speech does to the agent's audio.
 *
 * @param enabled false: the agent is never interrupted
 * @param after how long the caller must have spoken; zero: at the start of speech
 * @param duringGreeting the greeting may be interrupted too
 */
public record BargeInPolicy(boolean enabled, Duration after, boolean duringGreeting) {

    public static final BargeInPolicy OFF = new BargeInPolicy(false, Duration.ZERO, false);

    /** At the start of speech, but never during the greeting. */
    public static final BargeInPolicy CLEAR = new BargeInPolicy(true, Duration.ZERO, false);

    public BargeInPolicy {
        if (after.isNegative() || after.toMillis() > 10_000) {
            throw new IllegalArgumentException("after: " + after.toMillis() + " ms (expected: 0 to 10000 ms)");
        }
    }

    public static BargeInPolicy clearAfter(Duration after) {
        return new BargeInPolicy(true, after, false);
    }
}
