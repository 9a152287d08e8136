package io.steadyline.grpc.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/** Makes a sentence for the operator out of a gRPC status. */
final class FailureReader {

    private FailureReader() {}

    static AdminFailure read(AdminTarget target, Duration deadline, Exception thrown) {
        Status status = Status.fromThrowable(thrown);
        String reason = reason(thrown);
        boolean answered = !reason.isEmpty();
        if (!answered && status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return new AdminUnreachable(
                    status.getCode(),
                    reason,
                    "admin at " + target + ": no answer within " + deadline.toMillis()
                            + " ms (expected: a Steadyline control plane there)",
                    thrown);
        }
        if (!answered && status.getCode() == Status.Code.UNAVAILABLE) {
            return new AdminUnreachable(
                    status.getCode(),
                    reason,
                    "admin at " + target + ": not reachable, " + rootMessage(status)
                            + " (expected: a running Steadyline, and the same address, port and TLS settings as it"
                            + " has)",
                    thrown);
        }
        String sentence = "admin at " + target + ": " + status.getCode() + ": "
                + Optional.ofNullable(status.getDescription()).orElse("no description");
        return status.getCode() == Status.Code.UNAVAILABLE
                ? new AdminUnreachable(status.getCode(), reason, sentence, thrown)
                : new AdminFailure(status.getCode(), reason, sentence, thrown);
    }

    private static String reason(Exception thrown) {
        com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
        if (details == null) {
            return "";
        }
        return details.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .findFirst()
                .map(FailureReader::unpackReason)
                .orElse("");
    }

    private static String unpackReason(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the server's error details are no ErrorInfo (expected: one)", e);
        }
    }

    private static String rootMessage(Status status) {
        String message = status.getDescription();
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return String.valueOf(message);
    }
}
