package io.steadyline.bootstrap.cli;

/** The command was called with a value that it cannot use; names the value and the expectation. Exit code 2. */
final class UsageFailure extends CommandFailure {

    private static final long serialVersionUID = 1L;

    UsageFailure(String message) {
        super(message);
    }

    UsageFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
