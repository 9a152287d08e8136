package io.steadyline.websocket.server;

import io.steadyline.port.CallArchive;
import io.steadyline.port.CallSlot;
import io.steadyline.port.NoSlot;
import io.steadyline.port.SocketHolder;
import io.steadyline.websocket.server.FrameConnection.Position;
import io.steadyline.websocket.server.FrameConnection.Scratch;
import java.util.Optional;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/**
 * The product's own listener, upgrade, frames and closing handshake, with an echo where a call's socket has its dialect: what
 * a test of the protocol is run against. It lives in the product's package, since none of this is open to others. Start and
 * close may come from any thread; the rest runs on the media loop.
 */
public final class FrameEcho implements AutoCloseable {

    private final XnioWorker worker;
    private final MediaLoop loop;
    private final Scratch scratch;
    private final HttpFront front;

    private FrameEcho(int maxMessageBytes) {
        worker = GatewayServer.newWorker();
        loop = new MediaLoop(worker.getIoThread());
        scratch = new Scratch(new byte[Math.max(maxMessageBytes, CallSlot.RING_BYTES)], maxMessageBytes);
        SocketKeeping nothingKept =
                new SocketKeeping(new PlainSlots(), SocketHolder.NONE, CallArchive.NONE, Optional.empty());
        front = new HttpFront(ServerConfig.onLoopback(), worker, nothingKept, exchange -> {
            if (WebSocketUpgrade.isAskedFor(exchange, "an echo")) {
                WebSocketUpgrade.accept(exchange, this::open);
            }
        });
    }

    /**
     * On loopback, at any free port.
     *
     * @param maxMessageBytes what a call's socket takes is 64 KiB; a test of the protocol sends more
     */
    public static FrameEcho start(int maxMessageBytes) {
        FrameEcho echo = new FrameEcho(maxMessageBytes);
        echo.front.start();
        echo.front.resume();
        return echo;
    }

    public int port() {
        return front.port();
    }

    /** Runs it on the thread that serves the connections. */
    void onLoop(Runnable task) {
        worker.getIoThread().execute(task);
    }

    @Override
    public void close() {
        front.close();
        worker.shutdown();
    }

    private void open(StreamConnection raw, int readAhead) {
        CallSlot page = new NoSlot();
        EchoSocket echo = new EchoSocket(2L * scratch.maxMessageBytes());
        FrameConnection connection = new FrameConnection(raw, page, loop, scratch, Position.start(readAhead), echo);
        echo.open(connection);
    }
}
