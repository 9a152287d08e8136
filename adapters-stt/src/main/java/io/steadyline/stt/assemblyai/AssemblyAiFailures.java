package io.steadyline.stt.assemblyai;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.Locale;

/** AssemblyAI's codes, the same in an Error message and in the close that follows it. */
final class AssemblyAiFailures {

    private AssemblyAiFailures() {}

    static VendorFailure ofClose(Closing closing) {
        VendorFailure plain = VendorFailure.ofClose(closing);
        return new VendorFailure(
                kindOf(closing.code(), closing.reason(), plain.kind()),
                plain.code(),
                plain.message(),
                plain.retryAfter());
    }

    static VendorFailure ofMessage(int code, String error) {
        return new VendorFailure(kindOf(code, error, FailureKind.TRANSIENT), String.valueOf(code), error);
    }

    private static FailureKind kindOf(int code, String text, FailureKind otherwise) {
        return switch (code) {
            // One code for two things: only the text tells them apart.
            case Closing.POLICY -> isAboutLimits(text) ? FailureKind.RATE_LIMIT : FailureKind.AUTH;
            case 3005, Closing.TRY_LATER -> FailureKind.TRANSIENT;
            case 3006, 4000, 4100, 4101 -> FailureKind.CONFIG;
            case 3007, 4032, 4033, 4034 -> FailureKind.AUDIO;
            case 3008, 4008 -> FailureKind.EXPIRED;
            // Too many sessions, or audio that came too fast.
            case 3009, 4029, 4102 -> FailureKind.RATE_LIMIT;
            case 4001 -> FailureKind.AUTH;
            case 4002, 4003 -> FailureKind.QUOTA;
            case 4031 -> FailureKind.IDLE;
            default -> otherwise;
        };
    }

    private static boolean isAboutLimits(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("too many") || lower.contains("concurrent") || lower.contains("rate limit");
    }
}
