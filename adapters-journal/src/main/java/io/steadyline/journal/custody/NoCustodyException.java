package io.steadyline.journal.custody;

/** Nobody holds the sockets; the message says why, as it stands behind "no" in the log. */
final class NoCustodyException extends Exception {

    private static final long serialVersionUID = 1L;
    private final String why;

    NoCustodyException(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
