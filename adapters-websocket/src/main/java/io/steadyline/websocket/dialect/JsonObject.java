package io.steadyline.websocket.dialect;

import io.steadyline.signal.BadInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a message, with accessors that refuse what is not as expected. A field that is {@code null} counts as
 * absent. Fields nobody asks for are ignored: providers add fields.
 *
 * @param path where the object stands, such as {@code start.}; empty for the message itself
 */
public record JsonObject(String path, Map<String, Json> fields) implements Json {

    /** Digits that fit a {@code long} whatever they are. */
    private static final int MAX_COUNT_DIGITS = 18;

    @Override
    public String shown() {
        return "an object";
    }

    public String text(String name) throws Refused {
        return asText(name, required(name, "a string"));
    }

    public String textOr(String name, String absent) throws Refused {
        Json value = optional(name);
        return value == null ? absent : asText(name, value);
    }

    /** A whole number from 0, written as a number or as a string of digits. */
    public long count(String name) throws Refused {
        return asCount(name, required(name, "a whole number"));
    }

    public long countOr(String name, long absent) throws Refused {
        Json value = optional(name);
        return value == null ? absent : asCount(name, value);
    }

    public JsonObject object(String name) throws Refused {
        return asObject(name, required(name, "an object"));
    }

    /** The object, or an empty one. */
    public JsonObject objectOrEmpty(String name) throws Refused {
        Json value = optional(name);
        return value == null ? new JsonObject(path + name + ".", Map.of()) : asObject(name, value);
    }

    /** The value unless absent or {@code null}. */
    public @Nullable Json optional(String name) {
        Json value = fields.get(name);
        return value instanceof Null ? null : value;
    }

    public Refused refuse(BadInput reason, String name, String found, String expected) {
        return new Refused(reason, path + name, found, expected);
    }

    private Json required(String name, String expected) throws Refused {
        Json value = optional(name);
        if (value == null) {
            throw refuse(BadInput.MISSING_FIELD, name, "missing", expected);
        }
        return value;
    }

    private String asText(String name, Json value) throws Refused {
        if (value instanceof Text(String text)) {
            return text;
        }
        throw refuse(BadInput.WRONG_TYPE, name, value.shown(), "a string");
    }

    private JsonObject asObject(String name, Json value) throws Refused {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw refuse(BadInput.WRONG_TYPE, name, value.shown(), "an object");
    }

    private long asCount(String name, Json value) throws Refused {
        String digits = switch (value) {
            case Text(String text) -> text;
            case Num(String literal) -> literal;
            case Bool _, Null _, Arr _, JsonObject _ -> "";
        };
        if (digits.isEmpty()
                || digits.length() > MAX_COUNT_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refuse(BadInput.WRONG_TYPE, name, value.shown(), "a whole number of 1 to 18 digits");
        }
        return Long.parseLong(digits);
    }
}
