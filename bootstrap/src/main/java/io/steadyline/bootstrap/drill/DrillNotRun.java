package io.steadyline.bootstrap.drill;

/** This machine, or this user, does not let the fault be caused; the message says what is missing. Nothing is known of it. */
public final class DrillNotRun extends Exception {

    private static final long serialVersionUID = 1;

    DrillNotRun(String why) {
        super(why);
    }
}
