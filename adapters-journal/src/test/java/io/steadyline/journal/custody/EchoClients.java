package io.steadyline.journal.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections to an {@link EchoWorker} that expect each byte back, whoever serves them. */
final class EchoClients implements AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();
    private int round;

    void connect(int count, int port) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            socket.setTcpNoDelay(true);
            sockets.add(socket);
        }
    }

    /** Each sends its own line. */
    void send() throws IOException {
        round++;
        for (int i = 0; i < sockets.size(); i++) {
            OutputStream out = sockets.get(i).getOutputStream();
            out.write(line(i));
            out.flush();
        }
    }

    /** Each gets exactly its own line back. */
    void receive() throws IOException {
        for (int i = 0; i < sockets.size(); i++) {
            byte[] expected = line(i);
            byte[] got = sockets.get(i).getInputStream().readNBytes(expected.length);
            assertThat(new String(got, StandardCharsets.UTF_8))
                    .as("echo of client " + i)
                    .isEqualTo(new String(expected, StandardCharsets.UTF_8));
        }
    }

    /** The other side has closed all of them. */
    void shouldBeClosed() throws IOException {
        for (Socket socket : sockets) {
            int read;
            try {
                read = socket.getInputStream().read();
            } catch (SocketException reset) {
                read = -1;
            }
            assertThat(read).isEqualTo(-1);
        }
    }

    private byte[] line(int client) {
        return ("round " + round + " of client " + client + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }
}
