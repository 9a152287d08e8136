package io.steadyline.websocket.twilio;

import io.steadyline.signal.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of an {@code application/x-www-form-urlencoded} body, in their order, repeated names kept.
 *
 * @param fields untrusted text
 */
public record FormBody(Map<String, List<String>> fields) {

    public static final int MAX_BYTES = 16_384;
    public static final int MAX_FIELDS = 100;

    /** A body that is no such form; the message is safe to log and holds no value of it. */
    public static final class Malformed extends Exception {
        Malformed(String field, String found, String expected) {
            super(field + ": " + Printable.of(found) + " (expected: " + expected + ")");
        }
    }

    public FormBody {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        fields = Collections.unmodifiableMap(copy);
    }

    public static FormBody empty() {
        return new FormBody(Map.of());
    }

    public static FormBody parse(byte[] body) throws Malformed {
        if (body.length > MAX_BYTES) {
            throw new Malformed("body", body.length + " bytes", "at most " + MAX_BYTES);
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (int from = 0; from < body.length; ) {
            int to = indexOf(body, '&', from, body.length);
            if (to > from) {
                if (++count > MAX_FIELDS) {
                    throw new Malformed("fields", "more than " + MAX_FIELDS, "at most " + MAX_FIELDS);
                }
                addField(fields, body, from, to);
            }
            from = to + 1;
        }
        return new FormBody(fields);
    }

    /** The first value of that name, or an empty text. */
    public String first(String name) {
        List<String> values = fields.get(name);
        return values == null ? "" : values.getFirst();
    }

    private static void addField(Map<String, List<String>> fields, byte[] body, int from, int to) throws Malformed {
        int equals = indexOf(body, '=', from, to);
        String name = decode("name", body, from, equals);
        String value = decode("value of " + Printable.of(name), body, Math.min(equals + 1, to), to);
        fields.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) {
        int i = from;
        while (i < to && body[i] != wanted) {
            i++;
        }
        return i;
    }

    private static String decode(String what, byte[] body, int from, int to) throws Malformed {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (body[i] == '%') {
                bytes.write(escaped(what, body, i, to));
                i += 2;
            } else {
                bytes.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed(what, "no UTF-8", "percent-encoded UTF-8");
        }
    }

    private static int escaped(String what, byte[] body, int percent, int to) throws Malformed {
        boolean complete = percent + 2 < to;
        if (!complete || !HexFormat.isHexDigit(body[percent + 1]) || !HexFormat.isHexDigit(body[percent + 2])) {
            throw new Malformed(what, "a '%' alone", "'%' and two hex digits");
        }
        return HexFormat.fromHexDigit(body[percent + 1]) << 4 | HexFormat.fromHexDigit(body[percent + 2]);
    }
}
