package io.steadyline.stt.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.List;
import java.util.Optional;

/** OpenAI's errors: most are mere remarks; those that end a session are told by their code or type. */
final class OpenAiFailures {

    static final String COMMIT_EMPTY = "input_audio_buffer_commit_empty";

    private record Word(String text, FailureKind kind) {}

    /** Looked for in this order: a body may hold a type and a code. */
    private static final List<Word> WORDS = List.of(
            new Word("session_expired", FailureKind.EXPIRED),
            new Word("invalid_api_key", FailureKind.AUTH),
            new Word("authentication_error", FailureKind.AUTH),
            new Word("insufficient_quota", FailureKind.QUOTA),
            new Word("rate_limit", FailureKind.RATE_LIMIT),
            new Word("server_error", FailureKind.TRANSIENT));

    private OpenAiFailures() {}

    /** Empty: the session goes on. */
    static Optional<VendorFailure> ofMessage(JsonNode error) {
        return find(code(error) + " " + error.path("type").asText(""))
                .map(word -> new VendorFailure(word.kind(), code(error), message(error)));
    }

    static String code(JsonNode error) {
        String code = error.path("code").asText("");
        return code.isEmpty() ? error.path("type").asText("") : code;
    }

    static String message(JsonNode error) {
        return error.path("message").asText("");
    }

    static VendorFailure ofClose(Closing closing) {
        return named(VendorFailure.ofClose(closing), closing.reason());
    }

    static VendorFailure ofRefusal(Refusal refusal) {
        return named(VendorFailure.ofHttp(refusal), refusal.body());
    }

    private static VendorFailure named(VendorFailure plain, String text) {
        return find(text)
                .map(word -> new VendorFailure(word.kind(), word.text(), plain.message(), plain.retryAfter()))
                .orElse(plain);
    }

    private static Optional<Word> find(String text) {
        return WORDS.stream().filter(word -> text.contains(word.text())).findFirst();
    }
}
