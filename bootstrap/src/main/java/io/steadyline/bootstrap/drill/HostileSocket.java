package io.steadyline.bootstrap.drill;

import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.FrameParser;
import io.steadyline.simulator.ws.FrameSink;
import io.steadyline.simulator.ws.FrameWriter;
import io.steadyline.simulator.ws.Handshake;
import io.steadyline.simulator.ws.ProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A peer that sends what no provider would. One thread; reading waits for at most ten seconds. */
final class HostileSocket implements AutoCloseable {

    static final int TEXT = 0x81;
    static final int TEXT_UNFINISHED = 0x01;
    static final int MORE = 0x00;
    static final int PING = 0x89;

    private static final int READ_LIMIT_MS = 10_000;
    private static final int MASK = 0x1234_5678;

    private final Socket socket = new Socket();
    private final FrameParser parser = new FrameParser(1 << 20);
    private final FrameWriter writer = new FrameWriter();
    private final byte[] buffer = new byte[8192];
    private int closeCode;

    private HostileSocket() {}

    /** Connected, and no more. */
    static HostileSocket connect(int port) throws IOException {
        HostileSocket peer = new HostileSocket();
        peer.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), READ_LIMIT_MS);
        peer.socket.setTcpNoDelay(true);
        peer.socket.setSoTimeout(READ_LIMIT_MS);
        return peer;
    }

    /** The HTTP status of an upgrade: 101, or why not. The socket can be used after 101 only. */
    int upgrade(URI media, Map<String, String> headers) throws IOException {
        Handshake handshake = new Handshake(media, headers);
        raw(handshake.request());
        Handshake.Answer answer = new Handshake.Incomplete();
        while (answer instanceof Handshake.Incomplete) {
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                return 0;
            }
            ByteBuffer in = ByteBuffer.wrap(buffer, 0, count);
            answer = handshake.read(in);
            if (answer instanceof Handshake.Refused(int status, String _)) {
                return status;
            }
            parse(in);
        }
        return 101;
    }

    static HostileSocket open(DrillContext context) throws IOException, DrillFailure {
        HostileSocket peer = connect(context.setUp().httpPort());
        int status = peer.upgrade(context.setUp().media(), Map.of());
        DrillFailure.require(status == 101, "upgrade: " + status + " (expected: 101)");
        return peer;
    }

    HostileSocket text(String message) throws IOException {
        return frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** A masked frame; {@code firstByte} is FIN, reserved bits and opcode. */
    HostileSocket frame(int firstByte, byte[] payload) throws IOException {
        ByteBuffer bytes = writer.frame(firstByte, payload, payload.length, MASK);
        byte[] frame = new byte[bytes.remaining()];
        bytes.get(frame);
        return raw(frame);
    }

    HostileSocket raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Code of the server's Close frame; 0 when the connection ends without one. */
    int awaitClose() {
        try {
            while (closeCode == 0) {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    return 0;
                }
                parse(ByteBuffer.wrap(buffer, 0, count));
            }
        } catch (IOException reset) {
            return closeCode;
        }
        return closeCode;
    }

    /** Whether the server has ended the connection, within the time that reading waits. */
    boolean isEnded() {
        try {
            int count = socket.getInputStream().read(buffer);
            while (count >= 0) {
                count = socket.getInputStream().read(buffer);
            }
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void parse(ByteBuffer in) throws IOException {
        try {
            parser.parse(in, new Closes());
        } catch (ProtocolException broken) {
            throw new IOException("the server broke the protocol", broken);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Only the Close frame matters. */
    private final class Closes implements FrameSink {

        @Override
        public void onText(byte[] message, int length) {}

        @Override
        public void onBinary(byte[] message, int length) {}

        @Override
        public void onPing(byte[] body) {}

        @Override
        public void onPong(byte[] body) {}

        @Override
        public void onClose(CloseStatus status) {
            closeCode = status.code();
        }
    }
}
