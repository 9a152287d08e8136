package io.steadyline.keeper;

import io.steadyline.posix.ExitStatus;

/** What follows the end of a worker. */
enum Afterwards {
    /** No other worker; the keeper ends with the worker's code. */
    END,
    /** The next one at once, as planned. */
    HAND_OVER,
    /** The next one at once; counts for the restart intensity. */
    RESTART;

    static Afterwards of(ExitStatus status, boolean stopAsked) {
        if (stopAsked) {
            return END;
        }
        return switch (status.exitCode().orElse(-1)) {
            case KeeperExit.DONE, KeeperExit.REFUSED -> END;
            case KeeperExit.HAND_OVER -> HAND_OVER;
            default -> RESTART;
        };
    }
}
