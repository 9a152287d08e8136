package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** On XNIO's own thread and real sockets. */
class SocketSurgeryTest {

    private final List<SocketChannel> peers = new ArrayList<>();
    private XnioWorker worker;
    private XnioIoThread thread;
    private ServerSocketChannel listener;
    private SocketSurgery surgery;

    @BeforeEach
    void open() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        thread = worker.getIoThread();
        surgery = SocketSurgery.check(thread).surgery().orElseThrow();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel peer : peers) {
            peer.close();
        }
        listener.close();
        worker.shutdownNow();
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
        CompletableFuture<StreamConnection> made = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                made.complete(surgery.connection(accepted, thread));
            } catch (IOException | RuntimeException failure) {
                made.completeExceptionally(failure);
            }
        });
        return made.join();
    }
}
