package io.steadyline.websocket.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.steadyline.signal.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object within the limits, strictly: no duplicate names, nothing after the object, valid UTF-8 only. For
 * the messages that are rare; audio has a faster way. Immutable; any thread.
 */
public final class JsonReader {

    private static final String EXPECTED = "one JSON object";

    private final int messageBytes;
    private final int depth;
    private final JsonFactory factory;

    public JsonReader(DialectLimits limits) {
        this(limits, limits.messageBytes(), limits.stringChars());
    }

    private JsonReader(DialectLimits limits, int messageBytes, int stringChars) {
        this.messageBytes = messageBytes;
        this.depth = limits.depth();
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(messageBytes)
                        .maxNestingDepth(limits.depth())
                        .maxTokenCount(limits.tokens())
                        .maxStringLength(stringChars)
                        .maxNameLength(limits.nameChars())
                        .maxNumberLength(limits.numberDigits())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // A symbol table shared by all calls would be filled with names that a peer chooses.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** The default limits, but for the message and for one string in it, which may be as long as the message. */
    public static JsonReader ofLargeMessages(int messageBytes) {
        return new JsonReader(DialectLimits.defaults(), messageBytes, messageBytes);
    }

    /** A message that came as characters. */
    public JsonObject read(String text) throws Refused {
        refuseAbove(text.length());
        return read(text.toCharArray(), 0, text.length());
    }

    public JsonObject read(byte[] utf8, int offset, int length) throws Refused {
        refuseAbove(length);
        CharBuffer text = text(utf8, offset, length);
        // Parsed from characters: given bytes, Jackson would also guess UTF-16 and UTF-32.
        return read(text.array(), text.arrayOffset(), text.remaining());
    }

    private void refuseAbove(int length) throws Refused {
        if (length > messageBytes) {
            throw new Refused(BadInput.TOO_LARGE, "message", length + " bytes", "at most " + messageBytes + " bytes");
        }
    }

    private JsonObject read(char[] text, int offset, int length) throws Refused {
        try (JsonParser parser = factory.createParser(text, offset, length)) {
            return message(parser);
        } catch (IOException e) {
            throw new Refused(BadInput.MALFORMED, "message", firstPart(e), EXPECTED);
        }
    }

    private static CharBuffer text(byte[] utf8, int offset, int length) throws Refused {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, offset, length));
            if (!text.isEmpty() && text.get(text.position()) == '\uFEFF') {
                throw new Refused(BadInput.MALFORMED, "message", "a byte order mark", EXPECTED);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Refused(BadInput.MALFORMED, "message", "no UTF-8: " + e.getMessage(), EXPECTED);
        }
    }

    private JsonObject message(JsonParser parser) throws IOException, Refused {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused(BadInput.MALFORMED, "message", start(parser), EXPECTED);
            }
            JsonObject message = object(parser, "");
            if (parser.nextToken() != null) {
                throw new Refused(BadInput.MALFORMED, "message", "more text behind its end", EXPECTED);
            }
            return message;
        } catch (StreamConstraintsException e) {
            boolean tooDeep = parser.getParsingContext().getNestingDepth() > depth;
            throw tooDeep
                    ? new Refused(BadInput.MALFORMED, "message", "nested deeper", depth + " levels at most")
                    : new Refused(BadInput.TOO_LARGE, "message", firstPart(e), "values within the limits");
        }
    }

    private JsonObject object(JsonParser parser, String path) throws IOException {
        Map<String, Json> fields = HashMap.newHashMap(8);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser, path, name));
        }
        return new JsonObject(path, fields);
    }

    private Json array(JsonParser parser, String path, String name) throws IOException {
        List<Json> items = new ArrayList<>(4);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, path, name));
        }
        return new Json.Arr(items);
    }

    private Json value(JsonParser parser, String path, String name) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path + name + ".");
            case START_ARRAY -> array(parser, path, name);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("token: " + parser.currentToken() + " (expected: a value)");
        };
    }

    private static String start(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token == null ? "empty" : "begins with " + token;
    }

    /** What Jackson found, without the hints that follow in brackets. */
    private static String firstPart(IOException e) {
        String found = e instanceof com.fasterxml.jackson.core.JacksonException j
                ? String.valueOf(j.getOriginalMessage())
                : String.valueOf(e.getMessage());
        int hint = found.indexOf(" (start marker");
        return hint < 0 ? found : found.substring(0, hint);
    }
}
