package io.steadyline.stt.azure;

import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.io.IOException;
import java.util.Locale;

/** What the SDK's cancellations mean. */
final class AzureFailures {

    /** How the SDK says that it finds no libssl on this machine, among the failures of the network. */
    static final String NO_PLATFORM = "Failed to initialize platform";

    /** How we say it of what the SDK needs before that. */
    static final String NOT_LOADED = "the Speech SDK's native code does not load";

    private AzureFailures() {}

    /** The error itself may have no message. */
    static IOException notLoaded(LinkageError error) {
        return new IOException(NOT_LOADED + " (expected: libuuid and libstdc++ on this machine): " + error, error);
    }

    /** @param code name of a {@code CancellationErrorCode}; one that is not known may be tried again */
    static VendorFailure of(String code, String details) {
        return new VendorFailure(kind(code, details), code, "canceled with " + code + " " + withoutKey(details));
    }

    private static FailureKind kind(String code, String details) {
        if (details.contains(NO_PLATFORM)) {
            return FailureKind.CONFIG;
        }
        return switch (code) {
            case "AuthenticationFailure", "Forbidden" -> FailureKind.AUTH;
            case "BadRequest" ->
                // The service closes with 1007 when a quota is spent.
                details.toLowerCase(Locale.ROOT).contains("quota") ? FailureKind.QUOTA : FailureKind.CONFIG;
            case "EmbeddedModelError" -> FailureKind.CONFIG;
            case "TooManyRequests" -> FailureKind.RATE_LIMIT;
            default ->
                // The service stopped listening and the SDK's buffer ran full.
                details.toLowerCase(Locale.ROOT).contains("service inactivity")
                        ? FailureKind.IDLE
                        : FailureKind.TRANSIENT;
        };
    }

    /** The SDK names the address it tried, whose query may have a key. */
    private static String withoutKey(String details) {
        return details.replaceAll("(?i)((?:subscription-)?key|token|authorization)=[^&\\s]*", "$1=…");
    }
}
