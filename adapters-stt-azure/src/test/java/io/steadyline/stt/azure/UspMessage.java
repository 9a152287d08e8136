package io.steadyline.stt.azure;

import io.steadyline.stt.vendor.Dialect.Garbled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A message of the speech service's protocol: headers, one a line, then a body. In a binary message the length of the headers
 * comes first, in two bytes.
 *
 * @param headers names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is never asked for.
record UspMessage(Map<String, String> headers, byte[] body) {

    private static final String LINE_END = "\r\n";
    private static final int LENGTH_BYTES = 2;

    String path() {
        return header("path").orElse("");
    }

    String requestId() {
        return header("x-requestid").orElse("");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    static UspMessage ofText(String message) throws Garbled {
        int end = message.indexOf(LINE_END + LINE_END);
        if (end < 0) {
            throw new Garbled("message: no empty line (expected: one after its headers)");
        }
        String body = message.substring(end + 2 * LINE_END.length());
        return new UspMessage(read(message.substring(0, end)), body.getBytes(StandardCharsets.UTF_8));
    }

    static UspMessage ofBinary(byte[] message) throws Garbled {
        if (message.length < LENGTH_BYTES) {
            throw new Garbled("message: " + message.length + " bytes (expected: the length of its headers first)");
        }
        int end = LENGTH_BYTES + (ByteBuffer.wrap(message).getShort() & 0xFFFF);
        if (end > message.length) {
            throw new Garbled("headers: to byte " + end + " (expected: at most " + message.length + ")");
        }
        String headers = new String(message, LENGTH_BYTES, end - LENGTH_BYTES, StandardCharsets.UTF_8);
        return new UspMessage(read(headers), Arrays.copyOfRange(message, end, message.length));
    }

    /** As the service says it. */
    static String json(String path, String requestId, String body) {
        return String.join(
                LINE_END,
                "X-RequestId:" + requestId,
                "Content-Type:application/json; charset=utf-8",
                "Path:" + path,
                "",
                body);
    }

    private static Map<String, String> read(String lines) throws Garbled {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.strip().split(LINE_END, -1)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new Garbled("header: " + line + " (expected: a name and a value)");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }
}
