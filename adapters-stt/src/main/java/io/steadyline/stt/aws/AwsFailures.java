package io.steadyline.stt.aws;

import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.Locale;

/** What the service's exceptions mean here. */
final class AwsFailures {

    /** Exactly this text is the want of audio; the type alone says only that the request is bad. */
    static final String IDLE = "Your request timed out because no new audio was received for 15 seconds.";

    private AwsFailures() {}

    /**
     * @param type of the exception, such as {@code BadRequestException}
     * @param admitted the service has already said something on this connection
     */
    static VendorFailure of(String type, String message, boolean admitted) {
        return new VendorFailure(kind(type, message, admitted), type, message);
    }

    private static FailureKind kind(String type, String message, boolean admitted) {
        return switch (type) {
            case "BadRequestException" -> message.strip().equals(IDLE) ? FailureKind.IDLE : FailureKind.CONFIG;
            case "ValidationException", "SerializationException", "UnknownOperationException" -> FailureKind.CONFIG;
            case "LimitExceededException" -> limit(message, admitted);
            case "ThrottlingException", "TooManyRequestsException" -> FailureKind.RATE_LIMIT;
            case "SubscriptionRequiredException", "OptInRequired" -> FailureKind.QUOTA;
            case "UnrecognizedClientException",
                    "AccessDeniedException",
                    "InvalidSignatureException",
                    "IncompleteSignatureException",
                    "MissingAuthenticationTokenException",
                    "ExpiredTokenException",
                    "InvalidClientTokenId" -> FailureKind.AUTH;
            // ConflictException: the session id is in use; the next connection has another one.
            // InternalFailureException, ServiceUnavailableException and what is not known: its own fault.
            default -> FailureKind.TRANSIENT;
        };
    }

    /** Too many streams are told at the start; a stream that was admitted meets no other limit than its length. */
    private static FailureKind limit(String message, boolean admitted) {
        boolean tooMany = message.toLowerCase(Locale.ROOT).contains("concurren");
        return admitted && !tooMany ? FailureKind.EXPIRED : FailureKind.RATE_LIMIT;
    }
}
