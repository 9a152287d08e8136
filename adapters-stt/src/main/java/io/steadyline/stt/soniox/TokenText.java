package io.steadyline.stt.soniox;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Text that is put together of parts of words. A part that begins with a space begins a word. Not thread-safe.
 */
final class TokenText {

    private final StringBuilder text = new StringBuilder();
    private final List<Hearing.SaidWord> words = new ArrayList<>();

    void add(JsonNode token) {
        String part = token.path("text").asText("");
        long startMs = ms(token.path("start_ms"));
        long endMs = ms(token.path("end_ms"));
        OptionalDouble confidence = Json.confidence(token.path("confidence"));
        if (part.isBlank()) {
            text.append(part);
            return;
        }
        if (words.isEmpty() || Character.isWhitespace(part.charAt(0)) || endsInSpace()) {
            words.add(new Hearing.SaidWord(part.strip(), startMs, endMs, confidence));
        } else {
            Hearing.SaidWord begun = words.removeLast();
            words.add(new Hearing.SaidWord(
                    begun.text() + part.strip(),
                    begun.startMs(),
                    endMs == Hearing.UNKNOWN ? begun.endMs() : endMs,
                    lower(begun.confidence(), confidence)));
        }
        text.append(part);
    }

    String text() {
        return text.toString().strip();
    }

    /** With a space before it where one was said. */
    String raw() {
        return text.toString();
    }

    boolean isEmpty() {
        return text().isEmpty();
    }

    long endMs() {
        return words.isEmpty() ? Hearing.UNKNOWN : words.getLast().endMs();
    }

    /** All of it, once. */
    Hearing.Said take() {
        Hearing.Said said = Hearing.Said.of(text(), words);
        text.setLength(0);
        words.clear();
        return said;
    }

    private boolean endsInSpace() {
        return !text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1));
    }

    private static long ms(JsonNode node) {
        return node.isNumber() ? node.asLong() : Hearing.UNKNOWN;
    }

    /** A word is as sure as its least sure part. */
    private static OptionalDouble lower(OptionalDouble one, OptionalDouble other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return OptionalDouble.of(Math.min(one.getAsDouble(), other.getAsDouble()));
    }
}
