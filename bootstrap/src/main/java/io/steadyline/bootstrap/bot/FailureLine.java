package io.steadyline.bootstrap.bot;

import io.grpc.Status;

/** A failed stream in one line: gRPC's own text ends in the stack trace of whatever caused it. */
final class FailureLine {

    private FailureLine() {}

    static String of(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        StringBuilder line = new StringBuilder(status.getCode().toString());
        if (status.getDescription() != null) {
            line.append(": ").append(first(status.getDescription()));
        }
        if (status.getCause() != null) {
            Throwable cause = status.getCause();
            line.append(" (")
                    .append(cause.getMessage() == null ? cause.getClass().getSimpleName() : first(cause.getMessage()))
                    .append(')');
        }
        return line.toString();
    }

    /** What comes behind it is about the channel's inside. */
    private static String first(String text) {
        return text.lines().findFirst().orElse("");
    }
}
