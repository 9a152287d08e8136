package io.steadyline.bootstrap.system;

import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.FrameParser;
import io.steadyline.simulator.ws.FrameSink;
import io.steadyline.simulator.ws.FrameWriter;
import io.steadyline.simulator.ws.Handshake;
import io.steadyline.simulator.ws.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A provider's socket that sends what it is told to, right or wrong. One thread; reading waits for at most twenty
 * seconds.
 */
final class RawPeer implements AutoCloseable {

    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int PING = 0x89;

    private static final int READ_LIMIT_MS = 20_000;

    private final Socket socket = new Socket();
    private final FrameParser parser = new FrameParser(1 << 20);
    private final FrameWriter writer = new FrameWriter();
    private final byte[] buffer = new byte[8192];

    /** What came in, in order: {@code text …}, {@code pong …}, {@code close 1008 …}. */
    private final List<String> seen = new ArrayList<>();

    private final FrameSink sink = new Seen();

    private long sentBytes;

    private RawPeer() {}

    static RawPeer open(URI media) throws IOException {
        return open(media, Map.of());
    }

    static RawPeer open(URI media, Map<String, String> headers) throws IOException {
        return connect(media).upgrade(media, headers);
    }

    /** Connected, and has not asked for anything yet. */
    static RawPeer connect(URI media) throws IOException {
        RawPeer peer = new RawPeer();
        peer.socket.connect(new InetSocketAddress(media.getHost(), media.getPort()));
        peer.socket.setTcpNoDelay(true);
        peer.socket.setSoTimeout(READ_LIMIT_MS);
        return peer;
    }

    RawPeer upgrade(URI media, Map<String, String> headers) throws IOException {
        Handshake handshake = new Handshake(media, headers);
        raw(handshake.request());
        Handshake.Answer answer = new Handshake.Incomplete();
        while (answer instanceof Handshake.Incomplete) {
            ByteBuffer in = receive();
            answer = handshake.read(in);
            parse(in);
        }
        if (answer instanceof Handshake.Refused(int status, String why)) {
            close();
            throw new IOException("upgrade refused: " + status + " " + why);
        }
        return this;
    }

    RawPeer text(String message) throws IOException {
        return frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** A masked frame; {@code firstByte} is FIN, reserved bits and opcode. */
    RawPeer frame(int firstByte, byte[] payload) throws IOException {
        return write(writer.frame(firstByte, payload, payload.length, 0x1234_5678));
    }

    RawPeer unmasked(String message) throws IOException {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        return write(writer.unmaskedFrame(TEXT, payload, payload.length));
    }

    private RawPeer write(ByteBuffer bytes) throws IOException {
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        return raw(frame);
    }

    /** What {@link #text} sends, to be sent in pieces. */
    byte[] textFrame(String message) {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = writer.frame(TEXT, payload, payload.length, 0x1234_5678);
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        return frame;
    }

    RawPeer raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        sentBytes += bytes.length;
        return this;
    }

    /** Since the connect, with the request to upgrade. */
    long sentBytes() {
        return sentBytes;
    }

    /** Returns when everything that was sent before has been dealt with, and the socket lives on. */
    RawPeer settle() throws IOException {
        String question = "settle-" + seen.size();
        frame(PING, question.getBytes(StandardCharsets.US_ASCII));
        awaitSeen(("pong " + question)::equals);
        return this;
    }

    String awaitSeen(Predicate<String> wanted) throws IOException {
        int looked = 0;
        while (true) {
            for (; looked < seen.size(); looked++) {
                if (wanted.test(seen.get(looked))) {
                    return seen.get(looked);
                }
            }
            try {
                parse(receive());
            } catch (IOException failure) {
                throw new IOException("while waiting; seen so far: " + tail(), failure);
            }
        }
    }

    /** Code of the server's Close frame. */
    int awaitClose() throws IOException {
        return Integer.parseInt(awaitSeen(event -> event.startsWith("close ")).split(" ", 3)[1]);
    }

    List<String> seen() {
        return seen;
    }

    /** Answers the server's Close frame, as RFC 6455 asks. */
    void answerClose(int code) throws IOException {
        frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** Waits for the end of the TCP connection; true when it came in order. */
    boolean isEndedByServer() throws IOException {
        int read = socket.getInputStream().read(buffer);
        while (read >= 0) {
            read = socket.getInputStream().read(buffer);
        }
        return true;
    }

    /** As a host that dies: no Close frame, no FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private ByteBuffer receive() throws IOException {
        int count = socket.getInputStream().read(buffer);
        if (count < 0) {
            throw new IOException("the server ended the connection without a Close frame");
        }
        return ByteBuffer.wrap(buffer, 0, count);
    }

    private void parse(ByteBuffer in) throws IOException {
        try {
            parser.parse(in, sink);
        } catch (ProtocolException broken) {
            throw new IOException("the server broke the protocol", broken);
        }
    }

    private String tail() {
        return seen.subList(Math.max(0, seen.size() - 5), seen.size()).toString();
    }

    private final class Seen implements FrameSink {

        @Override
        public void onText(byte[] message, int length) throws ProtocolException {
            seen.add("text " + new String(message, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onBinary(byte[] message, int length) {
            seen.add("binary " + length);
        }

        @Override
        public void onPing(byte[] body) {
            seen.add("ping " + new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void onPong(byte[] body) {
            seen.add("pong " + new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void onClose(CloseStatus status) {
            seen.add("close " + status.code() + " " + status.reason());
        }
    }
}
