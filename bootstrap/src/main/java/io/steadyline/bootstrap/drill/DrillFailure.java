package io.steadyline.bootstrap.drill;

/** Something was not as it has to be under this fault; the message has what was seen and what was expected. */
public final class DrillFailure extends Exception {

    private static final long serialVersionUID = 1;

    DrillFailure(String message) {
        super(message);
    }

    static void require(boolean holds, String message) throws DrillFailure {
        if (!holds) {
            throw new DrillFailure(message);
        }
    }
}
