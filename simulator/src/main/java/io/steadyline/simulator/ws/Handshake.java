package io.steadyline.simulator.ws;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The opening handshake of one connection (RFC 6455 §4.1): the request, and the check of what the server answers. */
public final class Handshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_RESPONSE_BYTES = 16 * 1024;

    private final URI uri;
    private final Map<String, String> headers;
    private final String key;
    private byte[] response = new byte[512];
    private int responseBytes;

    public Handshake(URI uri, Map<String, String> headers) {
        this(uri, headers, randomKey());
    }

    Handshake(URI uri, Map<String, String> headers, String key) {
        this.uri = uri;
        this.headers = headers;
        this.key = key;
    }

    public byte[] request() {
        StringBuilder text = new StringBuilder(256);
        text.append("GET ").append(target()).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
        text.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
        text.append("Sec-WebSocket-Key: ").append(key).append("\r\nSec-WebSocket-Version: 13\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The server's answer as far as it has come. Bytes after the head stay in {@code in}: they are frames already. */
    public Answer read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (responseBytes == response.length) {
                if (responseBytes >= MAX_RESPONSE_BYTES) {
                    return new Refused(0, "response head of more than " + MAX_RESPONSE_BYTES + " bytes");
                }
                response = Arrays.copyOf(response, response.length * 2);
            }
            response[responseBytes++] = in.get();
            if (endsHead()) {
                return check(new String(response, 0, responseBytes, StandardCharsets.ISO_8859_1));
            }
        }
        return new Incomplete();
    }

    private boolean endsHead() {
        return responseBytes >= 4
                && response[responseBytes - 1] == '\n'
                && response[responseBytes - 2] == '\r'
                && response[responseBytes - 3] == '\n'
                && response[responseBytes - 4] == '\r';
    }

    private Answer check(String head) {
        String[] lines = head.split("\r\n", -1);
        int status = statusOf(lines[0]);
        if (status != 101) {
            return new Refused(status, lines[0]);
        }
        Map<String, String> fields = fieldsOf(lines);
        if (!fields.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")) {
            return new Refused(status, "101 without 'Upgrade: websocket'");
        }
        if (!fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("upgrade")) {
            return new Refused(status, "101 without 'Connection: Upgrade'");
        }
        String accept = fields.getOrDefault("sec-websocket-accept", "");
        if (!accept.equals(acceptFor(key))) {
            return new Refused(status, "Sec-WebSocket-Accept: " + accept + " (expected: " + acceptFor(key) + ")");
        }
        if (fields.containsKey("sec-websocket-extensions")) {
            return new Refused(status, "an extension was chosen that was not offered");
        }
        return new Accepted();
    }

    private static int statusOf(String statusLine) {
        String[] parts = statusLine.split(" ", 3);
        boolean isHttp = parts.length >= 2 && parts[0].startsWith("HTTP/1.") && parts[1].matches("[0-9]{3}");
        return isHttp ? Integer.parseInt(parts[1]) : 0;
    }

    private static Map<String, String> fieldsOf(String[] lines) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                fields.put(name, lines[i].substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String randomKey() {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }

    /** The value a server must answer to this key. */
    public static String acceptFor(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** What became of the handshake. */
    public sealed interface Answer {}

    /** More bytes are needed. */
    public record Incomplete() implements Answer {}

    /** The connection is a WebSocket now. */
    public record Accepted() implements Answer {}

    /** {@code status} is 0 when the answer was not HTTP, 101 when its fields were wrong. */
    public record Refused(int status, String why) implements Answer {}
}
