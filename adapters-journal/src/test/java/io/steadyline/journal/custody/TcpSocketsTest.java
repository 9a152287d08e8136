package io.steadyline.journal.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.port.SocketHolder.SocketCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The kernel's counts against what was really read and written. */
@EnabledOnOs(OS.LINUX)
class TcpSocketsTest {

    private ServerSocketChannel listener;
    private SocketChannel peer;
    private SocketChannel accepted;
    private int descriptor;

    @BeforeEach
    void connect() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        peer = SocketChannel.open(listener.getLocalAddress());
        accepted = listener.accept();
        descriptor = Channels.descriptor(accepted);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        accepted.close();
        listener.close();
    }

    @Test
    void shouldBeZeroForANewConnection() {
        assertThat(TcpSockets.counts(descriptor)).isEqualTo(new SocketCounts(0, 0, false));
    }

    @Test
    void shouldTellWhatWasReadFromWhatHasArrived() throws IOException {
        peer.write(ByteBuffer.allocate(1000));
        readExactly(accepted, 337);
        accepted.write(ByteBuffer.allocate(77));
        await().untilAsserted(
                        () -> assertThat(TcpSockets.counts(descriptor)).isEqualTo(new SocketCounts(337, 77, false)));
    }

    @Test
    void shouldNotCountTheFinOfThePeer() throws IOException {
        peer.write(ByteBuffer.allocate(1000));
        readExactly(accepted, 337);
        peer.shutdownOutput();
        await().untilAsserted(
                        () -> assertThat(TcpSockets.counts(descriptor)).isEqualTo(new SocketCounts(337, 0, true)));
        readExactly(accepted, 663);
        assertThat(TcpSockets.counts(descriptor)).isEqualTo(new SocketCounts(1000, 0, true));
        assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(TcpSockets.counts(descriptor)).isEqualTo(new SocketCounts(1000, 0, true));
    }

    @Test
    void shouldCountWhatThePeerDoesNotTake() throws IOException {
        accepted.configureBlocking(false);
        long written = 0;
        for (int wrote = 1; wrote > 0; written += wrote) {
            wrote = accepted.write(ByteBuffer.allocate(100_000));
        }
        assertThat(TcpSockets.counts(descriptor)).isEqualTo(new SocketCounts(0, written, false));
    }

    @Test
    void shouldKnowNothingOfAConnectionThatWasReset() throws IOException {
        peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        peer.close();
        await().untilAsserted(() ->
                assertThat(TcpSockets.counts(descriptor).peerClosed()).isTrue());
        assertThat(TcpSockets.counts(descriptor).isKnown()).isFalse();
    }

    @Test
    void shouldKnowNothingOfAClosedDescriptor() throws IOException {
        assertThat(TcpSockets.counts(987_654)).isEqualTo(SocketCounts.UNKNOWN);
    }

    @Test
    void shouldAgreeWithTheSumAfterAnyReadsAndWrites() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long arrived = 0;
        long read = 0;
        long written = 0;
        for (int i = 0; i < 200; i++) {
            int in = 1 + random.nextInt(400);
            peer.write(ByteBuffer.allocate(in));
            arrived += in;
            int take = random.nextInt((int) Math.min(400, arrived - read) + 1);
            readExactly(accepted, take);
            read += take;
            int out = random.nextInt(400);
            accepted.write(ByteBuffer.allocate(out));
            readExactly(peer, out);
            written += out;
            SocketCounts counts = TcpSockets.counts(descriptor);
            assertThat(counts).as("seed " + seed).isEqualTo(new SocketCounts(read, written, false));
        }
    }

    private static void readExactly(SocketChannel from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            assertThat(from.read(buffer)).isNotNegative();
        }
    }
}
