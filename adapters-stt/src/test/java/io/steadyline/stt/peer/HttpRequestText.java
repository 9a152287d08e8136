package io.steadyline.stt.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it came over HTTP/1.1.
 *
 * @param path without the query
 * @param query decoded; of a name that is repeated all values, with commas between them
 * @param headers names in lower case
 */
public record HttpRequestText(
        String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    private static final int MAX_HEAD_BYTES = 32_768;
    private static final int MAX_BODY_BYTES = 1 << 20;

    public HttpRequestText {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public PeerRequest asPeerRequest() {
        return new PeerRequest(path, query, headers);
    }

    static HttpRequestText read(InputStream in) throws IOException {
        String[] lines = readHead(in).split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (first.length != 3) {
            throw new IOException("request line: " + lines[0] + " (expected: method, target and version)");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                headers.merge(name, lines[i].substring(colon + 1).strip(), (one, other) -> one + ", " + other);
            }
        }
        int mark = first[1].indexOf('?');
        String path = mark < 0 ? first[1] : first[1].substring(0, mark);
        Map<String, String> query = mark < 0 ? Map.of() : decode(first[1].substring(mark + 1));
        int length = Math.min(MAX_BODY_BYTES, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new HttpRequestText(first[0], path, query, headers, body);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("request: ended after " + head.length() + " bytes (expected: an empty line)");
            }
            if (head.length() == MAX_HEAD_BYTES) {
                throw new IOException("request: head of more than " + MAX_HEAD_BYTES + " bytes");
            }
            head.append((char) next);
        }
        return head.substring(0, head.length() - 4);
    }

    private static Map<String, String> decode(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.merge(
                    URLDecoder.decode(name, StandardCharsets.UTF_8),
                    URLDecoder.decode(value, StandardCharsets.UTF_8),
                    (one, other) -> one + "," + other);
        }
        return values;
    }
}
