package io.steadyline.benchmarks.vendor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recogniser service on loopback, on one thread. It looks at a tenth of its sockets every 5 ms, at each every 50: so it takes several
 * messages with one read, and is woken 200 times a second, not once for each message of a thousand callers. The product feels as
 * little of it as of a vendor on another machine.
 */
public final class VendorServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VendorServer.class);
    private static final String SECRET = "benchmark-key";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int SHARES = 10;
    private static final long TURN_NS = 5_000_000;
    private static final int BACKLOG = 1_024;

    private final ServerSocketChannel door;
    private final Thread thread = Thread.ofPlatform().daemon().name("vendor").unstarted(this::run);
    private final List<List<VendorSocket>> shares = new ArrayList<>();
    private final byte[] scratch = new byte[VendorSocket.RING_BYTES];
    private volatile boolean stopping;
    private @Nullable Exception failure;
    private int accepted;
    private VendorHeard heard = new VendorHeard(0, 0, 0, 0, 0, 0);

    private VendorServer(ServerSocketChannel door) {
        this.door = door;
        for (int i = 0; i < SHARES; i++) {
            shares.add(new ArrayList<>());
        }
    }

    /** Begins to serve. */
    public static VendorServer start() throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        door.configureBlocking(false);
        VendorServer server = new VendorServer(door);
        server.thread.start();
        return server;
    }

    public URI uri() {
        return URI.create("ws://" + LOOPBACK + ":" + door.socket().getLocalPort() + "/");
    }

    /** What the product is to be started with. */
    public Map<String, String> environment() {
        return Map.of(
                "STEADYLINE_STT",
                "jambonz",
                "STEADYLINE_STT_JAMBONZ_URL",
                uri().toString(),
                "STEADYLINE_STT_JAMBONZ_KEY",
                SECRET);
    }

    /** Ends it, and tells what was heard until then. */
    public VendorHeard finish() throws IOException, InterruptedException {
        stopping = true;
        thread.join();
        if (failure != null) {
            throw new IOException("the vendor: " + failure, failure);
        }
        return heard;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (door) {
            long dueNs = System.nanoTime();
            for (int turn = 0; !stopping; turn++) {
                admit();
                List<VendorSocket> share = shares.get(turn % SHARES);
                share.removeIf(this::isOverAfterTurn);
                dueNs += TURN_NS;
                for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(this, leftNs);
                }
            }
            shares.forEach(share -> share.forEach(this::end));
        } catch (IOException | RuntimeException broken) {
            failure = broken;
        }
    }

    private void admit() throws IOException {
        for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
            channel.configureBlocking(false);
            shares.get(accepted++ % SHARES).add(new VendorSocket(channel, SECRET, scratch));
        }
    }

    private boolean isOverAfterTurn(VendorSocket socket) {
        try {
            if (socket.turn(System.nanoTime())) {
                return false;
            }
        } catch (IOException lost) {
            // After the stop a reset is as good as a close.
            if (!socket.isStopped()) {
                LOG.warn("a session was lost: {}", lost.toString());
            }
        }
        end(socket);
        return true;
    }

    private void end(VendorSocket socket) {
        boolean isStopped = socket.isStopped();
        heard = new VendorHeard(
                heard.sessions() + (socket.isStarted() ? 1 : 0),
                heard.lost() + (socket.isStarted() && !isStopped ? 1 : 0),
                heard.messages() + socket.messages(),
                heard.audioMs() + (isStopped ? socket.audioMs() : 0),
                heard.openMs() + (isStopped ? socket.openNs() / 1_000_000 : 0),
                heard.answers() + socket.answered());
        try {
            socket.close();
        } catch (IOException broken) {
            LOG.warn("a socket did not close: {}", broken.toString());
        }
    }
}
