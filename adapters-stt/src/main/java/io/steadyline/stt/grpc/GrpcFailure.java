package io.steadyline.stt.grpc;

import io.grpc.Status;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.Locale;

/** What a gRPC status means, by its own definition. A vendor that says more with a status looks at that first. */
public final class GrpcFailure {

    private GrpcFailure() {}

    /** @param closing with the number of a status */
    public static VendorFailure of(Closing closing) {
        return of(closing, kind(code(closing)));
    }

    /** For a vendor that knows the kind better. */
    public static VendorFailure of(Closing closing, FailureKind kind) {
        String name = code(closing).name();
        return new VendorFailure(kind, name, "ended with " + name + " " + closing.reason());
    }

    public static Status.Code code(Closing closing) {
        return Status.fromCodeValue(closing.code()).getCode();
    }

    /** The description says one of these, in any case of letters. */
    public static boolean says(Closing closing, String... parts) {
        String reason = closing.reason().toLowerCase(Locale.ROOT);
        for (String part : parts) {
            if (reason.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static FailureKind kind(Status.Code code) {
        return switch (code) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> FailureKind.AUTH;
            case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, UNIMPLEMENTED -> FailureKind.CONFIG;
            case RESOURCE_EXHAUSTED -> FailureKind.RATE_LIMIT;
            // What we cancel ourselves is not heard any more: this is a proxy or a server that stops.
            case CANCELLED -> FailureKind.TRANSIENT;
            // A stream that ends well, but before we said that nothing follows.
            case OK -> FailureKind.TRANSIENT;
            case UNAVAILABLE, ABORTED, INTERNAL, DEADLINE_EXCEEDED, OUT_OF_RANGE, UNKNOWN, DATA_LOSS ->
                FailureKind.TRANSIENT;
        };
    }
}
