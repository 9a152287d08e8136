package io.steadyline.grpc.client;

import io.grpc.Status;

/** Nothing that answers as a control plane is at this address, or not in time. Trying again later can help. */
public final class AdminUnreachable extends AdminFailure {

    private static final long serialVersionUID = 1L;

    AdminUnreachable(Status.Code code, String reason, String message, Throwable cause) {
        super(code, reason, message, cause);
    }
}
