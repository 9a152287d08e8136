package io.steadyline.stt.vendor;

import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong with a vendor.
 *
 * @param code the vendor's own, such as {@code NET-0001}, or the number of a close code or status
 * @param message untrusted text; never a secret
 * @param retryAfter not before, as the vendor asks
 */
public record VendorFailure(FailureKind kind, String code, String message, Optional<Duration> retryAfter) {

    private static final int MAX_MESSAGE_CHARS = 300;

    public VendorFailure {
        message = message.length() > MAX_MESSAGE_CHARS ? message.substring(0, MAX_MESSAGE_CHARS) : message;
    }

    public VendorFailure(FailureKind kind, String code, String message) {
        this(kind, code, message, Optional.empty());
    }

    /** By the meaning that HTTP itself gives to the status (RFC 9110, RFC 6585). */
    public static VendorFailure ofHttp(Refusal refusal) {
        return new VendorFailure(
                kindOfStatus(refusal.status()),
                String.valueOf(refusal.status()),
                "refused with HTTP status " + refusal.status() + " " + refusal.body(),
                refusal.header("retry-after").flatMap(VendorFailure::seconds));
    }

    /** The same for vendors that send such a number in a message or within a close code. */
    public static FailureKind kindOfStatus(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.AUTH;
            case 402 -> FailureKind.QUOTA;
            case 408, 425 -> FailureKind.TRANSIENT;
            case 429 -> FailureKind.RATE_LIMIT;
            default -> status >= 400 && status < 500 ? FailureKind.CONFIG : FailureKind.TRANSIENT;
        };
    }

    /** By the meaning that WebSocket itself gives to the code (RFC 6455, 7.4.1, and its registry). */
    public static VendorFailure ofClose(Closing closing) {
        FailureKind kind = switch (closing.code()) {
            case Closing.UNSUPPORTED_DATA, Closing.INVALID_DATA, Closing.TOO_BIG -> FailureKind.AUDIO;
            case Closing.POLICY -> FailureKind.AUTH;
            default -> FailureKind.TRANSIENT;
        };
        return new VendorFailure(
                kind, String.valueOf(closing.code()), "closed with " + closing.code() + " " + closing.reason());
    }

    /** In seconds, as all vendors send it; a date is not looked at. */
    private static Optional<Duration> seconds(String value) {
        boolean number = !value.isEmpty() && value.length() < 6 && value.chars().allMatch(Character::isDigit);
        return number ? Optional.of(Duration.ofSeconds(Long.parseLong(value))) : Optional.empty();
    }
}
