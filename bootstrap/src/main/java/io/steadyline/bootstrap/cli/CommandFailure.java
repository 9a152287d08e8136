package io.steadyline.bootstrap.cli;

/** Something that a user can understand and mend went wrong; the message is the whole answer, without a stack trace. */
class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
