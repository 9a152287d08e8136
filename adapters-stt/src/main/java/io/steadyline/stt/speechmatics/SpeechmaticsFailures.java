package io.steadyline.stt.speechmatics;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.Optional;

/** What the vendor's errors and close codes mean here. */
final class SpeechmaticsFailures {

    /** The vendor's advice is 5 to 10 s; another vendor is asked meanwhile. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private SpeechmaticsFailures() {}

    /** @param type of an Error message */
    static VendorFailure ofError(String type, String reason) {
        FailureKind kind = switch (type) {
            case "not_authorised", "not_allowed" -> FailureKind.AUTH;
            case "insufficient_funds", "timelimit_exceeded" -> FailureKind.QUOTA;
            // Too many at once, by the vendor's table; what is left to spend is timelimit_exceeded.
            case "quota_exceeded" -> FailureKind.RATE_LIMIT;
            case "invalid_message",
                    "invalid_model",
                    "invalid_config",
                    "invalid_language",
                    "invalid_output_format",
                    "protocol_error" -> FailureKind.CONFIG;
            case "invalid_audio_type", "data_error" -> FailureKind.AUDIO;
            case "idle_timeout" -> FailureKind.IDLE;
            case "session_timeout" -> FailureKind.EXPIRED;
            // job_error, internal_error, buffer_error, session_transfer and what is not known.
            default -> FailureKind.TRANSIENT;
        };
        return new VendorFailure(kind, type, reason, retryAfter(kind));
    }

    static VendorFailure ofClose(Closing closing) {
        FailureKind kind = switch (closing.code()) {
            case Closing.UNSUPPORTED_DATA, 4004 -> FailureKind.CONFIG;
            // Its Error came before, if it did; else the text is all there is.
            case Closing.POLICY -> policy(closing.reason());
            case 4001, 4003 -> FailureKind.AUTH;
            case 4005 -> FailureKind.RATE_LIMIT;
            case 4006 -> FailureKind.QUOTA;
            default -> VendorFailure.ofClose(closing).kind();
        };
        return new VendorFailure(
                kind,
                String.valueOf(closing.code()),
                "closed with " + closing.code() + " " + closing.reason(),
                closing.code() == Closing.INTERNAL_ERROR || closing.code() >= 4000
                        ? retryAfter(kind)
                        : Optional.empty());
    }

    private static FailureKind policy(String reason) {
        if (reason.contains("idle_timeout")) {
            return FailureKind.IDLE;
        }
        return reason.contains("session_timeout") ? FailureKind.EXPIRED : FailureKind.CONFIG;
    }

    private static Optional<Duration> retryAfter(FailureKind kind) {
        return kind == FailureKind.RATE_LIMIT || kind == FailureKind.TRANSIENT
                ? Optional.of(RETRY_AFTER)
                : Optional.empty();
    }
}
