package io.steadyline.bootstrap.drill;

/** Faults of the list that no drill causes, and why. */
enum Undrilled {
    CLOCK_STEP(
            20,
            "the wall clock is set by an hour",
            "the clock of a machine that others use is not set for a drill; tests set one of their own:"
                    + " `StallClassifierTest`, `ForensicsTest`, `CallContinuationTest`. Deadlines run on the monotonic"
                    + " clock");

    private final int number;
    private final String what;
    private final String why;

    Undrilled(int number, String what, String why) {
        this.number = number;
        this.what = what;
        this.why = why;
    }

    int number() {
        return number;
    }

    String what() {
        return what;
    }

    String why() {
        return why;
    }
}
