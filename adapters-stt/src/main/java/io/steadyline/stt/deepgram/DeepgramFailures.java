package io.steadyline.stt.deepgram;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Deepgram's key and its ways to say no; the same for both interfaces. */
final class DeepgramFailures {

    private static final Pattern CLOSE_CODE = Pattern.compile("(NET|DATA)-\\d{4}");
    private static final Pattern BODY_CODE = Pattern.compile("\"err_code\"\\s*:\\s*\"([A-Za-z0-9_-]{1,60})\"");

    private DeepgramFailures() {}

    static List<String> keyProblems(Options options) {
        return options.has("key") ? List.of() : List.of("key: missing (expected: an API key of Deepgram)");
    }

    static Map<String, String> authorization(Options options) {
        return Map.of("Authorization", options.text("auth-scheme") + " " + options.text("key"));
    }

    /** 1008 is only documented for audio that cannot be decoded. */
    static VendorFailure ofClose(Closing closing) {
        VendorFailure plain = VendorFailure.ofClose(closing);
        Optional<String> code = CLOSE_CODE
                .matcher(closing.reason())
                .results()
                .map(MatchResult::group)
                .findFirst();
        FailureKind otherwise = closing.code() == Closing.POLICY ? FailureKind.AUDIO : plain.kind();
        return new VendorFailure(
                kindOf(code.orElse(""), otherwise), code.orElse(plain.code()), plain.message(), plain.retryAfter());
    }

    static VendorFailure ofRefusal(Refusal refusal) {
        VendorFailure plain = VendorFailure.ofHttp(refusal);
        String code = BODY_CODE
                .matcher(refusal.body())
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .or(() -> refusal.header("dg-error"))
                .orElse(plain.code());
        return new VendorFailure(plain.kind(), code, plain.message(), plain.retryAfter());
    }

    /** Of an error that was told in a message; it closes afterwards. */
    static VendorFailure ofMessage(String code, String description) {
        return new VendorFailure(kindOf(code, FailureKind.TRANSIENT), code, description);
    }

    private static FailureKind kindOf(String code, FailureKind otherwise) {
        return switch (code) {
            case "NET-0001" -> FailureKind.IDLE;
            case "DATA-0000" -> FailureKind.AUDIO;
            case "INVALID_AUTH", "INSUFFICIENT_PERMISSIONS" -> FailureKind.AUTH;
            case "ASR_PAYMENT_REQUIRED" -> FailureKind.QUOTA;
            case "TOO_MANY_REQUESTS" -> FailureKind.RATE_LIMIT;
            default -> code.startsWith("NET-") ? FailureKind.TRANSIENT : otherwise;
        };
    }
}
