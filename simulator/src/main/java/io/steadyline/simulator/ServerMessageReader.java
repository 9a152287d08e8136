package io.steadyline.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.steadyline.simulator.ws.ProtocolException;
import io.steadyline.simulator.ws.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * Reads what the server of one stream sends, as strictly as the provider is known to: an unknown event, a missing or
 * unexpected field, a wrong type, another stream's sid or bad base64 is malformed (31951). Media of the usual shape is
 * recognised by its bytes; everything else goes through a JSON parser.
 */
final class ServerMessageReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final byte[] MEDIA_END = "\"}}".getBytes(StandardCharsets.US_ASCII);

    private final String streamSid;
    private final byte[] usualHead;

    ServerMessageReader(String streamSid) {
        this.streamSid = streamSid;
        this.usualHead = ("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"payload\":\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Throws when the text is not UTF-8, which is an error of the WebSocket and ends it. */
    ServerMessage read(byte[] text, int length) throws ProtocolException {
        if (isUsualMedia(text, length)) {
            int start = usualHead.length;
            ServerMessage message = media(ByteBuffer.wrap(text, start, length - start - MEDIA_END.length));
            if (message instanceof ServerMessage.Media) {
                return message;
            }
            // It may be an escape or a second field in what was taken for the payload.
        }
        return parse(Utf8.decode(text, length));
    }

    /** Head and tail match; a payload with anything but base64 in it is found out by the decoder. */
    private boolean isUsualMedia(byte[] text, int length) {
        int end = length - MEDIA_END.length;
        return end > usualHead.length
                && Arrays.equals(text, 0, usualHead.length, usualHead, 0, usualHead.length)
                && Arrays.equals(text, end, length, MEDIA_END, 0, MEDIA_END.length);
    }

    private static ServerMessage media(ByteBuffer base64) {
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(base64);
            byte[] audio = new byte[decoded.remaining()];
            decoded.get(audio);
            return audio.length == 0
                    ? new ServerMessage.Malformed("media.payload is empty")
                    : new ServerMessage.Media(audio);
        } catch (IllegalArgumentException e) {
            return new ServerMessage.Malformed("media.payload is not base64: " + e.getMessage());
        }
    }

    private ServerMessage parse(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            return message.isObject() ? command(message) : new ServerMessage.Malformed("not a JSON object");
        } catch (JsonProcessingException e) {
            return new ServerMessage.Malformed("not JSON: " + e.getOriginalMessage());
        }
    }

    private ServerMessage command(JsonNode message) {
        JsonNode event = message.path("event");
        if (!event.isTextual()) {
            return new ServerMessage.Malformed("event is missing or no string");
        }
        return switch (event.textValue()) {
            case "media" -> mediaCommand(message);
            case "mark" -> markCommand(message);
            case "clear" -> clearCommand(message);
            default -> new ServerMessage.Malformed("unknown event '" + event.textValue() + "'");
        };
    }

    private ServerMessage mediaCommand(JsonNode message) {
        String fault = fault(message, "media", "payload");
        if (!fault.isEmpty()) {
            return new ServerMessage.Malformed(fault);
        }
        String payload = message.path("media").path("payload").textValue();
        return media(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private ServerMessage markCommand(JsonNode message) {
        String fault = fault(message, "mark", "name");
        return fault.isEmpty()
                ? new ServerMessage.Mark(message.path("mark").path("name").textValue())
                : new ServerMessage.Malformed(fault);
    }

    private ServerMessage clearCommand(JsonNode message) {
        String fault = faultOfEnvelope(message, Set.of("event", "streamSid"));
        return fault.isEmpty() ? new ServerMessage.Clear() : new ServerMessage.Malformed(fault);
    }

    private String fault(JsonNode message, String body, String field) {
        String fault = faultOfEnvelope(message, Set.of("event", "streamSid", body));
        if (!fault.isEmpty()) {
            return fault;
        }
        JsonNode inner = message.path(body);
        if (!inner.path(field).isTextual()) {
            return body + "." + field + " is missing or no string";
        }
        return unexpectedField(inner, body + ".", Set.of(field));
    }

    private String faultOfEnvelope(JsonNode message, Set<String> expected) {
        JsonNode sid = message.path("streamSid");
        if (!sid.isTextual()) {
            return "streamSid is missing or no string";
        }
        if (!sid.textValue().equals(streamSid)) {
            return "streamSid '" + sid.textValue() + "' (expected: '" + streamSid + "')";
        }
        return unexpectedField(message, "", expected);
    }

    private static String unexpectedField(JsonNode object, String prefix, Set<String> expected) {
        for (var field : object.properties()) {
            if (!expected.contains(field.getKey())) {
                return "unexpected field '" + prefix + field.getKey() + "'";
            }
        }
        return "";
    }
}
