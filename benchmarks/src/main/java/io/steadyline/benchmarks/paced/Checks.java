package io.steadyline.benchmarks.paced;

/** Of what was asked for. */
public final class Checks {

    private Checks() {}

    public static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }
}
