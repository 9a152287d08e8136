package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.StreamConnection;

/** On XNIO's own thread and real sockets. */
class SocketSurgeryTest {

    private final List<SocketChannel> peers = new ArrayList<>();
    private OneIoThread io;
    private ServerSocketChannel listener;
    private SocketSurgery surgery;

    @BeforeEach
    void open() throws IOException {
        io = new OneIoThread();
        surgery = SocketSurgery.check(io.thread()).surgery().orElseThrow();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel peer : peers) {
            peer.close();
        }
        listener.close();
        io.close();
    }

    @Test
    void shouldCountTheConnectionsThatAreOpen() throws IOException {
        assertThat(surgery.openConnections()).isZero();
        StreamConnection one = connection();
        StreamConnection other = connection();
        assertThat(surgery.openConnections()).isEqualTo(2);

        one.close();
        one.close();
        assertThat(surgery.openConnections()).isEqualTo(1);

        other.getSourceChannel().shutdownReads();
        assertThat(surgery.openConnections()).isEqualTo(1);
        other.getSinkChannel().shutdownWrites();
        other.getSinkChannel().flush();
        assertThat(surgery.openConnections()).isZero();
    }

    private StreamConnection connection() throws IOException {
        peers.add(SocketChannel.open(listener.getLocalAddress()));
        SocketChannel accepted = listener.accept();
        return io.call(() -> surgery.connection(accepted, io.thread()));
    }
}
