package io.steadyline.stt.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Bytes both ways between clients and a server, until the connection is lost on purpose. */
public final class TcpRelay implements AutoCloseable {

    private static final int BUFFER_BYTES = 8_192;

    private final int serverPort;
    private final ServerSocket door;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param port to listen at; 0: any */
    TcpRelay(int serverPort, int port) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket();
        door.setReceiveBufferSize(BUFFER_BYTES);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().name("relay-accept").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** TCP reset of all that are there. */
    public void drop() {
        for (Socket socket : sockets) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                // It went with the other side's.
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        } finally {
            drop();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().name("relay-in").start(() -> carry(client, server));
                Thread.ofVirtual().name("relay-out").start(() -> carry(server, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException gone) {
            // One of both has left; the other is closed with it.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }
}
