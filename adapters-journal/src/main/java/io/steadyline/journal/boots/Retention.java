package io.steadyline.journal.boots;

import java.time.Duration;

/**
 * How many reports are kept.
 *
 * @param reports at most so many, the newest; from 1
 * @param age none that ended longer ago
 */
public record Retention(int reports, Duration age) {

    public Retention {
        if (reports < 1) {
            throw new IllegalArgumentException("reports: " + reports + " (expected: 1 or more)");
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age: " + age + " (expected: more than 0)");
        }
    }

    /** The newest 200 of the last 90 days. */
    public static Retention defaults() {
        return new Retention(200, Duration.ofDays(90));
    }
}
