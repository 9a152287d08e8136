package io.steadyline.benchmarks.paced;

import java.util.Arrays;
import java.util.Locale;

/** Who listens to the callers, in a run of the bridge. */
enum Recogniser {
    /** Nobody; the callers are silent. */
    OFF("bridge"),
    /** The built-in one; the callers speak. */
    ON("bridge-speech"),
    /** A vendor's, beside the built-in one in runs of their own; the callers speak. */
    VENDOR("bridge-vendor");

    private final String mark;

    Recogniser(String mark) {
        this.mark = mark;
    }

    /** Of the table's place in a page. */
    String mark() {
        return mark;
    }

    static Recogniser named(String value) {
        return Arrays.stream(values())
                .filter(recogniser -> recogniser.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--recogniser: '" + value + "' (expected: off, on or vendor)"));
    }
}
