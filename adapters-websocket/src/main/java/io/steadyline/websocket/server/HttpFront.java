package io.steadyline.websocket.server;

import io.steadyline.port.SocketHolder;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The listening socket and HTTP on it. While somebody holds our sockets the listener is one that he can hold too: then
 * connects wait during a restart instead of being refused. SO_REUSEPORT is never set: the plain bind is what a second
 * process fails at.
 */
final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private static final long SELECT_LIMIT_MS = 500;
    private static final long PAUSE_POLL_NS = 5_000_000;
    private static final long BACK_OFF_NS = 250_000_000;
    private static final int BACKLOG = 1024;
    /** What a request of 16 KiB fits into together with the pool's own header; Undertow's own figure. */
    private static final int BUFFER_BYTES = 16 * 1024 - 20;
    /** Probes, webhooks and page views beside the calls. */
    private static final int SPARE_CONNECTIONS = 256;

    private final ServerConfig config;
    private final XnioWorker worker;
    private final SocketKeeping keeping;
    private final HttpOpenListener http;
    private final int maxConnections;
    private final Doorman doorman;
    private final AtomicInteger atTheDoor = new AtomicInteger();
    private final QuietConnections quiet = new QuietConnections(SPARE_CONNECTIONS);
    private @Nullable AcceptingChannel<StreamConnection> xnioListener;
    private volatile @Nullable ServerSocketChannel ownListener;
    private volatile boolean paused = true;

    HttpFront(ServerConfig config, XnioWorker worker, SocketKeeping keeping, HttpHandler handler) {
        this.config = config;
        this.worker = worker;
        this.keeping = keeping;
        this.maxConnections = config.maxCalls() + config.maxPendingSockets() + SPARE_CONNECTIONS;
        ByteBufferPool pool = new DefaultByteBufferPool(true, BUFFER_BYTES, -1, 4);
        OptionMap options = OptionMap.builder()
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                        config.keepAlive().toMillis())
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, 5_000)
                .set(UndertowOptions.MAX_HEADER_SIZE, 16_384)
                .set(UndertowOptions.MAX_HEADERS, 64)
                .getMap();
        this.http = new HttpOpenListener(pool, options);
        this.http.setRootHandler(quiet.heardBy(handler));
        this.doorman =
                new Doorman((delayMs, task) -> worker.getIoThread().executeAfter(task, delayMs, TimeUnit.MILLISECONDS));
    }

    /**
     * Binds and listens: connects wait until {@link #resume}.
     *
     * @throws UncheckedIOException the address is taken or not of this host; the message says so
     */
    void start() {
        try {
            if (keeping.surgery().isPresent() && keeping.holder().holds()) {
                ServerSocketChannel listener = ServerSocketChannel.open();
                listener.bind(new InetSocketAddress(config.bindAddress(), config.port()), BACKLOG);
                keeping.holder()
                        .hold(SocketHolder.LISTENER, keeping.surgery().get().descriptorOf(listener));
                accept(listener, keeping.surgery().get());
            } else {
                startXnio();
            }
        } catch (IOException taken) {
            throw taken(config.bindAddress(), config.port(), taken);
        }
    }

    /** Listens for a moment. Another may be faster afterwards: {@link #start} has the last word. */
    static void requireFree(String bindAddress, int port) {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(bindAddress, port), 1);
        } catch (IOException taken) {
            throw taken(bindAddress, port, taken);
        }
    }

    private static UncheckedIOException taken(String bindAddress, int port, IOException why) {
        return new UncheckedIOException(
                "http port: cannot listen on " + bindAddress + ":" + port + " (" + why.getMessage()
                        + "); expected: a free port on an address of this host",
                why);
    }

    /** Goes on listening on a socket that outlived its worker: what has connected meanwhile waits in it until {@link #resume}. */
    void goOn(int descriptor, SocketSurgery surgery) {
        accept(surgery.listener(descriptor), surgery);
    }

    /** The port that is really listened on; 0 when none is. */
    int port() {
        try {
            ServerSocketChannel own = ownListener;
            if (own != null) {
                return ((InetSocketAddress) own.getLocalAddress()).getPort();
            }
            AcceptingChannel<StreamConnection> listener = xnioListener;
            return listener == null ? 0 : ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException closed) {
            return 0;
        }
    }

    /** No more connects here. Whoever holds the listener keeps it open. */
    @Override
    public void close() {
        IoUtils.safeClose(xnioListener);
        IoUtils.safeClose(ownListener);
    }

    private void startXnio() throws IOException {
        OptionMap options = OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .set(Options.CONNECTION_HIGH_WATER, maxConnections)
                .set(Options.CONNECTION_LOW_WATER, maxConnections)
                .getMap();
        AcceptingChannel<StreamConnection> listener = worker.createStreamConnectionServer(
                new InetSocketAddress(config.bindAddress(), config.port()),
                ChannelListeners.openListenerAdapter(this::onOpened),
                options);
        xnioListener = listener;
    }

    private void onOpened(StreamConnection connection) {
        atTheDoor(() -> serve(connection));
    }

    /** Was accepted, and is let in by the media loop in its turn. Any thread. */
    private void atTheDoor(Runnable letIn) {
        atTheDoor.incrementAndGet();
        worker.getIoThread()
                .execute(() -> doorman.onArrival(() -> {
                    atTheDoor.decrementAndGet();
                    letIn.run();
                }));
    }

    /** The connection's I/O thread. */
    private void serve(StreamConnection connection) {
        quiet.onOpened(connection);
        http.handleEvent(connection);
    }

    /** Takes no connects for now; they wait in the listener. What was taken before has reached the media loop. */
    synchronized void pause() {
        paused = true;
        if (xnioListener != null) {
            xnioListener.suspendAccepts();
        }
    }

    synchronized void resume() {
        paused = false;
        if (xnioListener != null) {
            xnioListener.resumeAccepts();
        }
    }

    /** Connections that were accepted and not let in yet; any thread. */
    int atTheDoor() {
        return atTheDoor.get();
    }

    /** Whether a connection is in the middle of something that is no call yet. Media loop. */
    boolean hasUnanswered() {
        return quiet.hasUnanswered();
    }

    private void accept(ServerSocketChannel listener, SocketSurgery surgery) {
        ownListener = listener;
        Thread acceptor = new Thread(() -> acceptAll(listener, surgery), "acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void acceptAll(ServerSocketChannel listener, SocketSurgery surgery) {
        try (Selector selector = Selector.open()) {
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            while (listener.isOpen()) {
                selector.select(ready -> acceptOne(listener, surgery), SELECT_LIMIT_MS);
                while (paused && listener.isOpen()) {
                    LockSupport.parkNanos(PAUSE_POLL_NS);
                }
            }
        } catch (ClosedSelectorException | ClosedChannelException stopped) {
            LOG.debug("the listener is closed", stopped);
        } catch (IOException failure) {
            LOG.error("no more connects are taken", failure);
        }
    }

    private synchronized void acceptOne(ServerSocketChannel listener, SocketSurgery surgery) {
        if (paused) {
            return;
        }
        try {
            SocketChannel accepted = listener.accept();
            if (accepted == null) {
                return;
            }
            if (surgery.openConnections() + atTheDoor.get() >= maxConnections) {
                LOG.warn("connection refused: {} are open (expected: at most that)", maxConnections);
                IoUtils.safeClose(accepted);
            } else {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                atTheDoor(() -> open(accepted, surgery));
            }
        } catch (ClosedChannelException stopped) {
            LOG.debug("the listener is closed", stopped);
        } catch (IOException failure) {
            // Out of descriptors: the next ones wait in the backlog until calls have ended.
            LOG.warn("accept failed: {}", failure.getMessage());
            LockSupport.parkNanos(BACK_OFF_NS);
        }
    }

    private void open(SocketChannel accepted, SocketSurgery surgery) {
        @Nullable StreamConnection connection = null;
        try {
            connection = surgery.connection(accepted, worker.getIoThread());
            serve(connection);
        } catch (IOException | RuntimeException failure) {
            LOG.warn("connection dropped: {}", String.valueOf(failure));
            // The connection, if there is one: it is counted until it is closed as such.
            IoUtils.safeClose(connection == null ? accepted : connection);
        }
    }
}
