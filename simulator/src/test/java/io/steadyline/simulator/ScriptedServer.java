package io.steadyline.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.steadyline.simulator.ws.Handshake;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A media server of plain blocking sockets on loopback: a thread for each connection runs the test's script on it. */
final class ScriptedServer implements AutoCloseable {

    /** What the server does with one connection after the upgrade; its end ends the connection. */
    @FunctionalInterface
    interface Script {
        void run(Peer peer) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final String refusal;

    ScriptedServer(Script script) {
        this(script, "");
    }

    private ScriptedServer(Script script, String refusal) {
        this.script = script;
        this.refusal = refusal;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every upgrade with this instead of a 101. */
    static ScriptedServer refusing(String response) {
        return new ScriptedServer(peer -> {}, response);
    }

    /** A script that sends back each media message until the client closes. */
    static void echo(Peer peer) throws IOException {
        String start = peer.readEvent("start");
        String sid = streamSidIn(start);
        while (true) {
            Frame frame = peer.read();
            if (frame.opcode() == 8) {
                peer.close(1000, "");
                return;
            }
            peer.echo(frame, sid);
        }
    }

    static String streamSidIn(String start) {
        int at = start.indexOf("\"streamSid\":\"") + "\"streamSid\":\"".length();
        return start.substring(at, start.indexOf('"', at));
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/twilio/stream");
    }

    /** The next upgrade request's head. */
    String request() throws InterruptedException {
        String request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no upgrade request within 10 s");
        }
        return request;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // The test is over.
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Peer peer = new Peer(socket);
            String head = peer.readHead();
            requests.add(head);
            if (!refusal.isEmpty()) {
                peer.out.write(refusal.getBytes(ISO_8859_1));
                return;
            }
            peer.accept(head);
            script.run(peer);
        } catch (EOFException | SocketException gone) {
            // The simulator may end a connection at any time; what it reports is what the tests look at.
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("the scripted server failed", failures.getFirst());
        }
    }

    /** One frame of the client, unmasked. */
    record Frame(boolean isFinal, int opcode, boolean isMasked, String text) {}

    /** The server's end of one connection. */
    static final class Peer {

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            this.out = socket.getOutputStream();
        }

        private String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            return head.toString(ISO_8859_1);
        }

        private void accept(String head) throws IOException {
            String key = head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Handshake.acceptFor(key) + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
        }

        Frame read() throws IOException {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            boolean isMasked = (second & 0x80) != 0;
            byte[] mask = in.readNBytes(isMasked ? 4 : 0);
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            for (int i = 0; isMasked && i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return new Frame((first & 0x80) != 0, first & 0x0F, isMasked, new String(payload, ISO_8859_1));
        }

        /** The next text message of the event; others are skipped. */
        String readEvent(String event) throws IOException {
            while (true) {
                Frame frame = read();
                if (frame.opcode() == 1 && frame.text().contains("\"event\":\"" + event + "\"")) {
                    return frame.text();
                }
            }
        }

        /** Reads on until the client's Close frame; its code. */
        int readUntilClose() throws IOException {
            while (true) {
                Frame frame = read();
                if (frame.opcode() == 8) {
                    return frame.text().length() < 2
                            ? 1005
                            : frame.text().charAt(0) << 8 | frame.text().charAt(1);
                }
            }
        }

        /** Sends it back when it is media. */
        void echo(Frame frame, String streamSid) throws IOException {
            int payload = frame.text().indexOf("\"payload\":\"");
            if (payload >= 0) {
                String rest = frame.text().substring(payload);
                send("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{" + rest);
            }
        }

        void send(String text) throws IOException {
            frame(0x81, text.getBytes(UTF_8));
        }

        void close(int code, String reason) throws IOException {
            byte[] text = reason.getBytes(UTF_8);
            byte[] body = new byte[2 + text.length];
            body[0] = (byte) (code >> 8);
            body[1] = (byte) code;
            System.arraycopy(text, 0, body, 2, text.length);
            frame(0x88, body);
        }

        void frame(int firstByte, byte[] payload) throws IOException {
            out.write(bytesOf(firstByte, payload));
        }

        /** In one write, so that the client has them at the same time. */
        void sendTogether(String... texts) throws IOException {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (String text : texts) {
                frames.write(bytesOf(0x81, text.getBytes(UTF_8)));
            }
            out.write(frames.toByteArray());
        }

        private static byte[] bytesOf(int firstByte, byte[] payload) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(firstByte);
            if (payload.length < 126) {
                frame.write(payload.length);
            } else {
                frame.write(126);
                frame.write(payload.length >> 8);
                frame.write(payload.length);
            }
            frame.writeBytes(payload);
            return frame.toByteArray();
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        /** Ends with a TCP reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
