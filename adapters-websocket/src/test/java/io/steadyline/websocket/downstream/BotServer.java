package io.steadyline.websocket.downstream;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A bot's WebSocket server that does what its test says, frame by frame. One connection at a time; reads block for 20 s. */
final class BotServer implements AutoCloseable {

    private static final int READ_LIMIT_MS = 20_000;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;

    BotServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(READ_LIMIT_MS);
    }

    /** For small buffers, so that a bot that does not read is noticed soon. */
    BotServer withReceiveBuffer(int bytes) throws IOException {
        listener.setReceiveBufferSize(bytes);
        return this;
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/media");
    }

    String name() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Takes a connect and its request, and does not answer yet. */
    Connection accept() throws IOException {
        Socket socket = listener.accept();
        socket.setSoTimeout(READ_LIMIT_MS);
        socket.setTcpNoDelay(true);
        return new Connection(socket);
    }

    Connection upgraded() throws IOException {
        return accept().upgrade();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** What came in. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        }
    }

    static final class Connection implements AutoCloseable {

        static final int CONTINUATION = 0;
        static final int TEXT = 1;
        static final int BINARY = 2;
        static final int CLOSE = 8;
        static final int PING = 9;
        static final int PONG = 10;

        private final Socket socket;
        private final DataInputStream in;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final String requestLine;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.requestLine = line();
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon), header.substring(colon + 1).strip());
            }
        }

        String requestLine() {
            return requestLine;
        }

        /** Empty when there is none. */
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        Connection upgrade() throws IOException {
            return raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(header("Sec-WebSocket-Key")) + "\r\n\r\n");
        }

        Connection raw(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Connection text(String message) throws IOException {
            return frame(true, TEXT, message.getBytes(StandardCharsets.UTF_8));
        }

        Connection frame(boolean isFinal, int opcode, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
            frame.put((byte) ((isFinal ? 0x80 : 0) | opcode));
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else if (payload.length < 65_536) {
                frame.put((byte) 126).putShort((short) payload.length);
            } else {
                frame.put((byte) 127).putLong(payload.length);
            }
            frame.put(payload);
            socket.getOutputStream().write(frame.array(), 0, frame.position());
            return this;
        }

        Connection sendClose(int code, String reason) throws IOException {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            return frame(
                    true,
                    CLOSE,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array());
        }

        Frame read() throws IOException {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            int length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            if ((first & 0x80) == 0 || (second & 0x80) == 0) {
                throw new IOException("frame: " + Integer.toHexString(first) + " " + Integer.toHexString(second)
                        + " (expected: final and masked)");
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            Frame frame = new Frame(first & 0x0f, payload);
            if (frame.opcode() != PING) {
                return frame;
            }
            // As every library does, in its turn.
            frame(true, PONG, payload);
            return read();
        }

        String readText() throws IOException {
            Frame frame = read();
            if (frame.opcode() != TEXT) {
                throw new IOException("opcode: " + frame.opcode() + " (expected: text)");
            }
            return frame.text();
        }

        /** The next close, whatever comes before it. */
        Frame awaitClose() throws IOException {
            Frame frame = read();
            while (frame.opcode() != CLOSE) {
                frame = read();
            }
            return frame;
        }

        /** True: the client ended the connection, within the limit. */
        boolean isEnded() throws IOException {
            return in.read() < 0;
        }

        /** As a process that is killed: no close, no FIN. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Sends until the client takes no more; bytes that it has taken. What is left goes on being sent. */
        long fill(String message, long upTo) throws InterruptedException {
            AtomicLong sent = new AtomicLong();
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < upTo) {
                        text(message);
                        sent.addAndGet(message.length());
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            long before = -1;
            while (writer.isAlive() && before != sent.get()) {
                before = sent.get();
                writer.join(Duration.ofMillis(500));
            }
            return sent.get();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("end of stream within a header");
                }
                line.write(c);
            }
            return line.toString(StandardCharsets.US_ASCII).strip();
        }

        private static String accept(String key) {
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(hash);
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("SHA-1: not in this JDK (expected: in every JDK)", missing);
            }
        }
    }
}
