package io.steadyline.stt.voskserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing.Said;
import io.steadyline.stt.vendor.Hearing.SaidWord;
import io.steadyline.stt.vendor.Json;
import java.util.ArrayList;
import java.util.List;

/** A result as Vosk writes it, whether it runs in a server or in this process. */
public sealed interface VoskResult {

    /** The segment so far; empty while nothing is heard. */
    record Partial(String text) implements VoskResult {}

    /** The segment is over; its text is empty when nothing was said. */
    record Whole(Said said) implements VoskResult {
        public boolean isEmpty() {
            return said.text().isEmpty();
        }
    }

    static VoskResult read(String text) throws Dialect.Garbled {
        JsonNode result = Json.read(text);
        if (result.has("partial")) {
            return new Partial(result.path("partial").asText("").strip());
        }
        if (result.path("alternatives").isArray()) {
            // The shape with max_alternatives. Its confidence is a score without bounds: not one that others could
            // compare.
            return whole(result.path("alternatives").path(0));
        }
        if (result.has("text")) {
            return whole(result);
        }
        throw new Dialect.Garbled("result: without text, partial and alternatives (expected: one of them)");
    }

    private static Whole whole(JsonNode result) {
        List<SaidWord> words = new ArrayList<>();
        for (JsonNode word : result.path("result")) {
            words.add(new SaidWord(
                    word.path("word").asText(),
                    Json.secondsAsMs(word.path("start")),
                    Json.secondsAsMs(word.path("end")),
                    Json.confidence(word.path("conf"))));
        }
        return new Whole(Said.of(result.path("text").asText("").strip(), words));
    }
}
