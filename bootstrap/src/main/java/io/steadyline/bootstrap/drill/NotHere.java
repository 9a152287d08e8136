package io.steadyline.bootstrap.drill;

/** This machine, or the rights of this user, do not let it be done; the message says why. */
final class NotHere extends Exception {

    private static final long serialVersionUID = 1;

    NotHere(String message) {
        super(message);
    }
}
