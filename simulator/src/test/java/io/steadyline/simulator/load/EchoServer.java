package io.steadyline.simulator.load;

import io.steadyline.simulator.ws.Handshake;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends each frame of audio straight back; all connections beyond a number are refused. A thread for each connection. */
final class EchoServer implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)");
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\":\"([^\"]+)\"");

    private final ServerSocket listener;
    private final int most;
    private final Refusal refusal;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> starts = new ConcurrentLinkedQueue<>();
    private final Queue<String> stops = new ConcurrentLinkedQueue<>();

    /** How those beyond the number are refused. */
    enum Refusal {
        UPGRADE,
        FIRST_FRAME
    }

    EchoServer(int most) throws IOException {
        this(most, Refusal.UPGRADE);
    }

    EchoServer(int most, Refusal refusal) throws IOException {
        this.most = most;
        this.refusal = refusal;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI media() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/media");
    }

    Queue<String> starts() {
        return starts;
    }

    Queue<String> stops() {
        return stops;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                boolean isOneTooMany = accepted.incrementAndGet() > most;
                Thread.ofVirtual().start(() -> serve(socket, isOneTooMany));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket, boolean isOneTooMany) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            String key = key(head(in));
            if (isOneTooMany && refusal == Refusal.UPGRADE) {
                out.write("HTTP/1.1 503 Full\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            out.write(upgradeFor(key).getBytes(StandardCharsets.US_ASCII));
            for (String message = next(in); message != null; message = next(in)) {
                if (!isOneTooMany) {
                    answer(message, out);
                } else if (PAYLOAD.matcher(message).find()) {
                    out.write(new byte[] {(byte) 0x88, 2, (byte) (1013 >> 8), (byte) 1013});
                    return;
                }
            }
            out.write(new byte[] {(byte) 0x88, 0});
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The answer that accepts this request. */
    static String upgrade(CharSequence request) throws IOException {
        return upgradeFor(key(request));
    }

    private static String upgradeFor(String key) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Handshake.acceptFor(key) + "\r\n\r\n";
    }

    private static CharSequence head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        return head;
    }

    private static String key(CharSequence head) throws IOException {
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IOException("an upgrade without a key");
        }
        return key.group(1);
    }

    /** Null for the Close frame. */
    private static @Nullable String next(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        int length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] key = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
        return opcode == 8 ? null : new String(payload, StandardCharsets.UTF_8);
    }

    private void answer(String message, OutputStream out) throws IOException {
        if (message.contains("\"event\":\"start\"")) {
            starts.add(message);
        } else if (message.contains("\"event\":\"stop\"")) {
            stops.add(message);
        }
        Matcher payload = PAYLOAD.matcher(message);
        if (payload.find()) {
            byte[] text = ("{\"event\":\"media\",\"media\":{\"payload\":\"" + payload.group(1) + "\"}}")
                    .getBytes(StandardCharsets.US_ASCII);
            out.write(ByteBuffer.allocate(4 + text.length)
                    .put((byte) 0x81)
                    .put((byte) 126)
                    .putShort((short) text.length)
                    .put(text)
                    .array());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
