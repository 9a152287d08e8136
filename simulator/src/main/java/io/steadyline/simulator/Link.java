package io.steadyline.simulator;

import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.FrameParser;
import io.steadyline.simulator.ws.FrameSink;
import io.steadyline.simulator.ws.Handshake;
import io.steadyline.simulator.ws.Opcode;
import io.steadyline.simulator.ws.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket to the server, from the connect to the end of the closing handshake. Loop thread. */
final class Link implements FrameSink {

    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** Some 15 s of media: a server that leaves more than this unread has stopped reading. */
    private static final int MAX_BACKLOG_BYTES = 256 * 1024;

    /** How long the other side may take for its part of the closing handshake. */
    private static final long CLOSE_LIMIT_NS = 2_000_000_000L;

    private enum State {
        CONNECTING,
        UPGRADING,
        OPEN,
        /** Our Close frame is out; media is not sent any more, the server's Close is awaited. */
        CLOSING,
        /** Both Close frames have passed; the server is to end the connection (RFC 6455 §7.1.1). */
        CLOSED_BY_BOTH,
        ENDED
    }

    private final Loop loop;
    private final Owner owner;
    private final Handshake handshake;
    private final FrameParser parser = new FrameParser(MAX_MESSAGE_BYTES);
    private final Deque<ByteBuffer> backlog = new ArrayDeque<>();
    private final Timers.Timer limit;
    private int backlogBytes;
    private boolean holdsReads;
    private boolean holdsWrites;
    private State state = State.CONNECTING;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable LinkEnd pendingEnd;
    private long readNs;
    private long sentBytes;
    private long receivedBytes;

    Link(Loop loop, Owner owner, URI uri, Map<String, String> headers) {
        this.loop = loop;
        this.owner = owner;
        this.handshake = new Handshake(uri, headers);
        this.limit = loop.timers().create((dueNs, nowNs) -> onLimit(), this::onFault);
    }

    void connect(InetSocketAddress address, long deadlineNs) {
        if (state == State.ENDED) {
            return;
        }
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean isConnected = opened.connect(address);
            key = opened.register(loop.selector(), isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            loop.timers().set(limit, deadlineNs);
            if (isConnected) {
                onConnected();
            }
        } catch (IOException e) {
            end(LinkEnd.of(Outcome.UNREACHABLE, describe(e)));
        } catch (UnresolvedAddressException e) {
            end(LinkEnd.of(Outcome.UNREACHABLE, "unknown host " + address.getHostString()));
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** The whole message or nothing: false when the link is not open or the server does not read. */
    boolean sendText(byte[] message, int length) {
        if (state != State.OPEN || backlogBytes > MAX_BACKLOG_BYTES) {
            return false;
        }
        sendFrame(Opcode.TEXT, message, length);
        return true;
    }

    /**
     * Stops reading, or sending, or both, with the socket open; or goes on with it. What is sent meanwhile waits within
     * the bound of the backlog.
     */
    void hold(boolean reads, boolean writes) {
        holdsReads = reads;
        holdsWrites = writes;
        try {
            flush();
        } catch (IOException e) {
            onBroken(describe(e));
        }
    }

    /** Whether nothing that is sent now would leave. */
    boolean holdsWrites() {
        return holdsWrites;
    }

    /** Starts the closing handshake. */
    void close(CloseStatus status, LinkEnd end) {
        if (state != State.OPEN) {
            abandon(end, false);
            return;
        }
        pendingEnd = end;
        byte[] body = status.body();
        sendFrame(Opcode.CLOSE, body, body.length);
        if (state == State.OPEN) {
            state = State.CLOSING;
            loop.timers().set(limit, System.nanoTime() + CLOSE_LIMIT_NS);
        }
    }

    /** Ends the connection without a word. */
    void abandon(LinkEnd end, boolean byReset) {
        SocketChannel open = channel;
        if (byReset && open != null) {
            try {
                open.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                end(LinkEnd.of(end.outcome(), "closed, as the socket refused a reset: " + describe(e)));
                return;
            }
        }
        end(end);
    }

    long sentBytes() {
        return sentBytes;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    /** The selector found the socket ready. A failure of any kind ends this call only. */
    void onReady() {
        SelectionKey ready = key;
        if (ready == null) {
            return;
        }
        try {
            if (state == State.CONNECTING) {
                onConnectable(ready);
                return;
            }
            if (ready.isWritable()) {
                flush();
            }
            if (state != State.ENDED && !holdsReads && ready.isReadable()) {
                read();
            }
        } catch (ProtocolException e) {
            fail(e);
        } catch (IOException e) {
            onBroken(describe(e));
        }
    }

    /** A fault of our own ends this call only. */
    void onFault(RuntimeException fault) {
        log.error("a simulated call failed by a fault of the simulator", fault);
        end(LinkEnd.of(Outcome.BROKEN, "fault of the simulator: " + fault));
    }

    private void onConnectable(SelectionKey ready) {
        try {
            if (channel != null && channel.finishConnect()) {
                ready.interestOps(SelectionKey.OP_READ);
                onConnected();
            }
        } catch (IOException e) {
            end(LinkEnd.of(Outcome.UNREACHABLE, describe(e)));
        }
    }

    private void onConnected() {
        state = State.UPGRADING;
        owner.onConnected(System.nanoTime());
        write(ByteBuffer.wrap(handshake.request()));
    }

    private void read() throws IOException, ProtocolException {
        SocketChannel open = channel;
        if (open == null) {
            return;
        }
        ByteBuffer in = loop.readBuffer();
        int count = open.read(in);
        if (count < 0) {
            onBroken("the server ended the connection");
            return;
        }
        readNs = System.nanoTime();
        receivedBytes += count;
        in.flip();
        if (state == State.UPGRADING) {
            upgrade(in);
        }
        if (state == State.OPEN || state == State.CLOSING) {
            parser.parse(in, this);
        }
    }

    private void upgrade(ByteBuffer in) {
        switch (handshake.read(in)) {
            case Handshake.Incomplete incomplete -> {}
            case Handshake.Refused refused -> end(LinkEnd.refused(refused.status(), refused.why()));
            case Handshake.Accepted accepted -> {
                state = State.OPEN;
                loop.timers().cancel(limit);
                owner.onOpen(readNs);
            }
        }
    }

    @Override
    public void onText(byte[] message, int length) throws ProtocolException {
        owner.onText(message, length, readNs);
    }

    @Override
    public void onBinary(byte[] message, int length) {
        owner.onBinary(length, readNs);
    }

    @Override
    public void onPing(byte[] body) {
        owner.onPing(readNs);
        if (state == State.OPEN) {
            sendFrame(Opcode.PONG, body, body.length);
        }
    }

    @Override
    public void onPong(byte[] body) {
        // We send no pings; RFC 6455 §5.5.3 allows pongs that answer nothing.
    }

    @Override
    public void onClose(CloseStatus status) {
        LinkEnd ours = pendingEnd;
        pendingEnd = ours == null ? LinkEnd.closedByServer(status) : ours.withClose(status);
        owner.onClose(status, readNs);
        if (state == State.OPEN) {
            byte[] body = status.body();
            sendFrame(Opcode.CLOSE, body, Math.min(body.length, 2));
        }
        if (state != State.ENDED) {
            state = State.CLOSED_BY_BOTH;
            loop.timers().set(limit, readNs + CLOSE_LIMIT_NS);
        }
    }

    /** RFC 6455 §7.1.7: say why, then end. */
    private void fail(ProtocolException violation) {
        LinkEnd end = LinkEnd.of(Outcome.PROTOCOL_ERROR, violation.getMessage());
        if (state == State.OPEN) {
            byte[] body = new CloseStatus(violation.closeCode(), violation.getMessage()).body();
            sendFrame(Opcode.CLOSE, body, body.length);
        }
        end(end);
    }

    private void onBroken(String why) {
        LinkEnd pending = pendingEnd;
        if (state == State.UPGRADING) {
            end(LinkEnd.refused(0, "no answer to the upgrade: " + why));
        } else {
            end(pending != null ? pending : LinkEnd.of(Outcome.BROKEN, why));
        }
    }

    private void onLimit() {
        LinkEnd pending = pendingEnd;
        if (pending == null) {
            end(LinkEnd.of(
                    Outcome.TIMED_OUT, state == State.CONNECTING ? "no TCP connection" : "no answer to the upgrade"));
        } else if (state == State.CLOSING) {
            end(pending.withDetail("no Close frame within 2 s in answer to ours"));
        } else {
            end(pending.withDetail("the server kept the connection for 2 s after both Close frames"));
        }
    }

    private void sendFrame(int opcode, byte[] payload, int length) {
        write(loop.frameWriter().frame(opcode, payload, length));
    }

    private void write(ByteBuffer bytes) {
        sentBytes += bytes.remaining();
        try {
            if (backlog.isEmpty() && !holdsWrites && channel != null) {
                channel.write(bytes);
            }
            if (bytes.hasRemaining()) {
                defer(bytes);
            }
        } catch (IOException e) {
            onBroken(describe(e));
        }
    }

    private void defer(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        backlog.add(ByteBuffer.wrap(rest));
        backlogBytes += rest.length;
        updateInterest();
    }

    private void flush() throws IOException {
        while (!holdsWrites && !backlog.isEmpty() && channel != null) {
            ByteBuffer first = backlog.element();
            backlogBytes -= channel.write(first);
            if (first.hasRemaining()) {
                break;
            }
            backlog.remove();
        }
        updateInterest();
    }

    private void updateInterest() {
        if (key != null && key.isValid()) {
            int read = holdsReads ? 0 : SelectionKey.OP_READ;
            int write = holdsWrites || backlog.isEmpty() ? 0 : SelectionKey.OP_WRITE;
            key.interestOps(read | write);
        }
    }

    private void end(LinkEnd end) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        loop.timers().cancel(limit);
        LinkEnd told = end;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            told = end.withDetail("the socket did not close: " + describe(e));
        }
        owner.onEnd(told, System.nanoTime());
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** What the link tells its call; always on the loop thread, {@code onEnd} last and once. */
    interface Owner {

        void onConnected(long nowNs);

        void onOpen(long nowNs);

        void onText(byte[] message, int length, long nowNs) throws ProtocolException;

        void onBinary(int length, long nowNs);

        void onPing(long nowNs);

        void onClose(CloseStatus status, long nowNs);

        void onEnd(LinkEnd end, long nowNs);
    }
}
