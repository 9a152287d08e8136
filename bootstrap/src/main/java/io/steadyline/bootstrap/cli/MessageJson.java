package io.steadyline.bootstrap.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * Messages of the control plane as JSON for scripts: names as in admin.proto, times in ISO 8601, durations in seconds, and
 * every field, but for messages that are not set.
 */
final class MessageJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MessageJson() {}

    /** Indented. */
    static String of(Message message) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(object(message));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(
                    "JSON of " + message.getDescriptorForType().getFullName(), impossible);
        }
    }

    private static ObjectNode object(Message message) {
        ObjectNode object = JSON.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                ArrayNode array = object.putArray(field.getName());
                ((List<?>) message.getField(field)).forEach(value -> array.add(node(value)));
            } else if (!field.hasPresence() || message.hasField(field)) {
                object.set(field.getName(), node(message.getField(field)));
            }
        }
        return object;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Timestamp at ->
                JSON.textNode(
                        Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).toString());
            case Duration length -> JSON.numberNode(length.getSeconds() + length.getNanos() / 1e9);
            case Message message -> object(message);
            case EnumValueDescriptor constant -> JSON.textNode(constant.getName());
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            default -> JSON.textNode(value.toString());
        };
    }
}
