package io.steadyline.grpc.client;

import io.grpc.Status;

/** The server said no, or was not there; the message is a sentence for the operator. */
public class AdminFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status.Code code;
    private final String reason;

    AdminFailure(Status.Code code, String reason, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.reason = reason;
    }

    public Status.Code code() {
        return code;
    }

    /** Stable word such as {@code UNKNOWN_SESSION}, see admin.proto; empty when the server gave none. */
    public String reason() {
        return reason;
    }
}
