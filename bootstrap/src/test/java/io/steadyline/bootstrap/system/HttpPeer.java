package io.steadyline.bootstrap.system;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP/1 by hand: what a client library would tidy up is sent as it is. One connection, one thread. */
final class HttpPeer implements AutoCloseable {

    private static final int READ_LIMIT_MS = 20_000;

    private final Socket socket;

    HttpPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_LIMIT_MS);
    }

    /** @param headers by lower-case name */
    record Reply(int status, Map<String, String> headers, String body) {}

    Reply ask(String method, String target, Map<String, String> headers, String body) throws IOException {
        write(request(method, target, headers, body));
        return read();
    }

    static String request(String method, String target, Map<String, String> headers, String body) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n");
        }
        return text + "\r\n" + body;
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    Reply read() throws IOException {
        String[] lines = head().split("\r\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = "chunked".equals(headers.get("transfer-encoding"))
                ? chunks()
                : new String(exactly(length), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, body);
    }

    /** Waits for the other side to close; true when it did so without another byte. */
    boolean isClosedByServer() throws IOException {
        return in().read() < 0;
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int length = Integer.parseInt(line(), 16);
        while (length > 0) {
            body.append(new String(exactly(length), StandardCharsets.UTF_8));
            line();
            length = Integer.parseInt(line(), 16);
        }
        line();
        return body.toString();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        String line = line();
        while (!line.isEmpty()) {
            head.append(line).append("\r\n");
            line = line();
        }
        return head.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in().read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the server closed within a line");
            }
            line.write(next);
            next = in().read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed within a body");
        }
        return bytes;
    }

    private InputStream in() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
