package io.steadyline.simulator.load;

import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.Handshake;
import io.steadyline.simulator.ws.Opcode;
import io.steadyline.simulator.ws.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One WebSocket of a load: own code, small, without anything that a frame would have to allocate. One owner. */
final class LoadSocket implements FrameScanner.Sink {

    static final int LONGEST_FRAME_BYTES = 64 * 1024;

    /** Some 15 s of media: a server that leaves more than this unread has stopped reading. */
    private static final int MOST_WAITING_BYTES = 256 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private enum State {
        CONNECTING,
        UPGRADING,
        OPEN,
        CLOSING,
        ENDED
    }

    /** What the socket tells its call; {@code onEnd} last and once. */
    interface Owner {

        void onOpen(long nowNs);

        void onText(byte[] message, int from, int end, long nowNs);

        /**
         * @param wasOpen whether the upgrade had been accepted
         * @param answer what the server said, or what became of the connection
         */
        void onEnd(boolean wasOpen, String answer);
    }

    private final LoadDesk desk;
    private final Owner owner;
    private final Handshake handshake;
    private State state = State.CONNECTING;
    private boolean wasOpen;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private byte[] kept = NOTHING;
    private int keptBytes;
    private byte[] waiting = NOTHING;
    private int waitingBytes;
    private boolean isHolding;
    private long readNs;
    private String answer = "";

    LoadSocket(LoadDesk desk, Owner owner, Handshake handshake) {
        this.desk = desk;
        this.owner = owner;
        this.handshake = handshake;
    }

    void connect(InetSocketAddress address) {
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean isConnected = opened.connect(address);
            key = opened.register(desk.selector(), isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (isConnected) {
                onConnected();
            }
        } catch (IOException e) {
            end(describe(e));
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** All of the message, now or later; false when the socket is not open or the server does not read. */
    boolean send(byte[] text, int length) {
        if (state != State.OPEN || waitingBytes > MOST_WAITING_BYTES) {
            return false;
        }
        write(desk.frame().text(text, length));
        return state == State.OPEN;
    }

    /** What is sent from here on leaves with {@link #release}, in one piece. */
    void hold() {
        isHolding = true;
    }

    /** All that was held leaves, as from a network that goes on. */
    void release() {
        isHolding = false;
        try {
            if (state != State.ENDED && waitingBytes > 0) {
                flush();
            }
        } catch (IOException e) {
            end(describe(e));
        }
    }

    /** Bytes that need not be a frame. */
    void sendRaw(ByteBuffer bytes) {
        if (state == State.OPEN) {
            write(bytes);
        }
    }

    /** Says goodbye; the server is to end the connection. */
    void close() {
        if (state == State.OPEN) {
            sendClose(CloseStatus.NORMAL);
            if (state == State.OPEN) {
                state = State.CLOSING;
            }
        } else if (state != State.CLOSING) {
            end("");
        }
    }

    void end(String why) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        String told = answer.isEmpty() ? why : answer;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            told = told + "; the socket did not close: " + describe(e);
        }
        owner.onEnd(wasOpen, told);
    }

    /** The selector found the socket ready. */
    void onReady() {
        SelectionKey ready = key;
        if (ready == null || channel == null) {
            return;
        }
        try {
            if (state == State.CONNECTING) {
                if (channel.finishConnect()) {
                    ready.interestOps(SelectionKey.OP_READ);
                    onConnected();
                }
                return;
            }
            if (ready.isWritable()) {
                flush();
            }
            if (state != State.ENDED && ready.isReadable()) {
                read(channel);
            }
        } catch (ProtocolException e) {
            sendClose(e.closeCode());
            end(e.getMessage());
        } catch (IOException e) {
            end(describe(e));
        }
    }

    private void onConnected() {
        state = State.UPGRADING;
        write(ByteBuffer.wrap(handshake.request()));
    }

    private void read(SocketChannel from) throws IOException, ProtocolException {
        ByteBuffer in = desk.in();
        int count = from.read(in);
        readNs = System.nanoTime();
        if (count < 0) {
            end("the server ended the connection without a Close frame");
            return;
        }
        in.flip();
        if (state == State.UPGRADING) {
            upgrade(in);
        }
        if (state == State.OPEN || state == State.CLOSING) {
            scan(in);
        }
    }

    private void upgrade(ByteBuffer in) {
        switch (handshake.read(in)) {
            case Handshake.Incomplete incomplete -> {}
            case Handshake.Refused refused -> end(refused.why());
            case Handshake.Accepted accepted -> {
                state = State.OPEN;
                wasOpen = true;
                owner.onOpen(readNs);
            }
        }
    }

    private void scan(ByteBuffer in) throws ProtocolException {
        byte[] work = desk.work();
        System.arraycopy(kept, 0, work, 0, keptBytes);
        int end = keptBytes + in.remaining();
        in.get(work, keptBytes, in.remaining());
        int rest = FrameScanner.scan(work, 0, end, LONGEST_FRAME_BYTES, this);
        keptBytes = end - rest;
        if (keptBytes > kept.length) {
            kept = new byte[keptBytes];
        }
        System.arraycopy(work, rest, kept, 0, keptBytes);
    }

    @Override
    public boolean onFrame(int opcode, byte[] bytes, int from, int end) {
        switch (opcode) {
            case Opcode.TEXT -> owner.onText(bytes, from, end, readNs);
            case Opcode.PING -> {
                if (state == State.OPEN) {
                    byte[] body = Arrays.copyOfRange(bytes, from, end);
                    write(desk.frame().of(Opcode.PONG, body, body.length));
                }
            }
            case Opcode.CLOSE -> {
                onClose(bytes, from, end);
                return false;
            }
            default -> {
                // Binary messages and pongs are nothing that was asked for.
            }
        }
        return state != State.ENDED;
    }

    private void onClose(byte[] bytes, int from, int end) {
        int code = end - from < 2 ? CloseStatus.NO_STATUS : (bytes[from] & 0xFF) << 8 | (bytes[from + 1] & 0xFF);
        String reason = end - from < 2 ? "" : new String(bytes, from + 2, end - from - 2, StandardCharsets.UTF_8);
        if (state == State.OPEN) {
            answer = ("close " + code + " " + reason).strip();
            sendClose(CloseStatus.NORMAL);
        }
        end("");
    }

    private void sendClose(int code) {
        byte[] body = new CloseStatus(code, "").body();
        write(desk.frame().of(Opcode.CLOSE, body, body.length));
    }

    private void write(ByteBuffer bytes) {
        if (channel == null || state == State.ENDED) {
            return;
        }
        try {
            if (waitingBytes == 0 && !isHolding) {
                channel.write(bytes);
            }
            if (bytes.hasRemaining()) {
                keepWaiting(bytes);
            }
        } catch (IOException e) {
            end(describe(e));
        }
    }

    private void keepWaiting(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (waitingBytes + count > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(waitingBytes + count, 2 * waiting.length));
        }
        bytes.get(waiting, waitingBytes, count);
        waitingBytes += count;
        if (!isHolding) {
            setInterest();
        }
    }

    private void flush() throws IOException {
        if (channel != null) {
            int written = channel.write(ByteBuffer.wrap(waiting, 0, waitingBytes));
            System.arraycopy(waiting, written, waiting, 0, waitingBytes - written);
            waitingBytes -= written;
            setInterest();
        }
    }

    private void setInterest() {
        if (key != null && key.isValid()) {
            key.interestOps(waitingBytes == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
