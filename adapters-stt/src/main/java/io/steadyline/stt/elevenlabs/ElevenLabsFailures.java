package io.steadyline.stt.elevenlabs;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** ElevenLabs' errors: a message type for each; the same words may stand in a close or in a refused request. */
final class ElevenLabsFailures {

    private static final Map<String, FailureKind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("auth_error", FailureKind.AUTH);
        KINDS.put("unaccepted_terms", FailureKind.AUTH);
        KINDS.put("input_error", FailureKind.CONFIG);
        KINDS.put("chunk_size_exceeded", FailureKind.AUDIO);
        KINDS.put("quota_exceeded", FailureKind.QUOTA);
        KINDS.put("rate_limited", FailureKind.RATE_LIMIT);
        KINDS.put("queue_overflow", FailureKind.RATE_LIMIT);
        KINDS.put("resource_exhausted", FailureKind.RATE_LIMIT);
        KINDS.put("session_time_limit_exceeded", FailureKind.EXPIRED);
        KINDS.put("insufficient_audio_activity", FailureKind.IDLE);
        KINDS.put("transcriber_error", FailureKind.TRANSIENT);
        KINDS.put("error", FailureKind.TRANSIENT);
    }

    private ElevenLabsFailures() {}

    /** Empty: not an error. */
    static Optional<VendorFailure> ofMessage(String type, String error) {
        return Optional.ofNullable(KINDS.get(type)).map(kind -> new VendorFailure(kind, type, error));
    }

    static VendorFailure ofClose(Closing closing) {
        return named(VendorFailure.ofClose(closing), closing.reason());
    }

    static VendorFailure ofRefusal(Refusal refusal) {
        return named(VendorFailure.ofHttp(refusal), refusal.body());
    }

    private static VendorFailure named(VendorFailure plain, String text) {
        return KINDS.entrySet().stream()
                // Too plain a word to be looked for in a text.
                .filter(entry -> !entry.getKey().equals("error") && text.contains(entry.getKey()))
                .findFirst()
                .map(entry -> new VendorFailure(entry.getValue(), entry.getKey(), plain.message(), plain.retryAfter()))
                .orElse(plain);
    }
}
