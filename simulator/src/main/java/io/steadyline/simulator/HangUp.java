package io.steadyline.simulator;

/** How the call ends after its duration. */
public enum HangUp {
    /** {@code stop}, then the closing handshake with 1000: a caller who hung up. */
    STOP_THEN_CLOSE,
    /** The connection is closed without {@code stop} and without a Close frame. */
    ABRUPT,
    /** The same by a TCP reset: a provider's host that died. */
    RESET,
    /**
     * The server is to hang up: media goes on until it does. When it has not after the duration, that is noted and the
     * call ends as with {@link #STOP_THEN_CLOSE}.
     */
    BY_SERVER
}
