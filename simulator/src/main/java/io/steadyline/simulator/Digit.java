package io.steadyline.simulator;

import java.time.Duration;

/** A key pressed at some time after the stream's start. */
public record Digit(char key, Duration at) {

    public Digit {
        if ("0123456789*#ABCD".indexOf(key) < 0) {
            throw new IllegalArgumentException("digit: '" + key + "' (expected: one of 0-9 * # A-D)");
        }
        if (at.isNegative()) {
            throw new IllegalArgumentException("digit " + key + " at: " + at + " (expected: zero or later)");
        }
    }
}
