package io.steadyline.stt.peer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that can break every rule, to test the peer's own strictness. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;

    RawClient(WebSocketPeer peer) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), peer.port());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** The status line of the answer; the head is read to its end. */
    String request(String head) throws IOException {
        socket.getOutputStream().write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        String status = line();
        while (!line().isEmpty()) {
            // To the end of the head.
        }
        return status;
    }

    String upgrade() throws IOException {
        return request("""
            GET /a?x=1 HTTP/1.1
            Host: peer
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\
            """);
    }

    void frame(int first, boolean masked, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        out.write((masked ? 0x80 : 0) | payload.length);
        if (masked) {
            // A mask of zeros is a mask.
            out.writeBytes(new byte[4]);
        }
        out.writeBytes(payload);
        socket.getOutputStream().write(out.toByteArray());
    }

    void text(String text) throws IOException {
        frame(0x81, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next frame of the server: first byte and payload. */
    ByteBuffer read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return ByteBuffer.allocate(1 + length).put((byte) first).put(payload).flip();
    }

    String readText() throws IOException {
        ByteBuffer frame = read();
        return (frame.get() & 0xFF) + " " + StandardCharsets.UTF_8.decode(frame);
    }

    /** Code of the close frame that comes next. */
    int readClose() throws IOException {
        ByteBuffer frame = read();
        if ((frame.get() & 0xFF) != 0x88) {
            throw new IOException("frame: not a close frame");
        }
        return frame.getShort() & 0xFFFF;
    }

    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** What can be read at once, without waiting for more. */
    int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
