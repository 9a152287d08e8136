package io.steadyline.stt.vosk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.steadyline.stt.vendor.Json;
import java.util.List;

/** @param grammar phrases that alone are heard; empty: all that the model knows */
record VoskSettings(int sampleRateHz, boolean interim, List<String> grammar) {
    VoskSettings {
        grammar = List.copyOf(grammar);
    }

    /** As the recogniser takes it. */
    String grammarJson() {
        ArrayNode phrases = Json.object().arrayNode();
        grammar.forEach(phrases::add);
        return Json.write(phrases);
    }
}
