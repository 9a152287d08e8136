package io.steadyline.stt.vendor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/** JSON as vendors speak it, within limits. */
public final class Json {

    private static final int SHOWN_CHARS = 120;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(1_000_000)
                            .build())
                    .build())
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode read(String text) throws Dialect.Garbled {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || !node.isObject()) {
                throw new Dialect.Garbled("message: " + shortened(text) + " (expected: a JSON object)");
            }
            return node;
        } catch (JsonProcessingException notJson) {
            throw new Dialect.Garbled("message: " + shortened(text) + " (expected: JSON)", notJson);
        }
    }

    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree that cannot be written", impossible);
        }
    }

    /** Seconds with a fraction as whole ms; {@link Hearing#UNKNOWN} when it is not there. */
    public static long secondsAsMs(JsonNode seconds) {
        return seconds.isNumber() ? Math.round(seconds.asDouble() * 1000) : Hearing.UNKNOWN;
    }

    /** Absent when it is not there: absent is not zero. */
    public static OptionalDouble confidence(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }

    private static String shortened(String text) {
        return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
    }
}
