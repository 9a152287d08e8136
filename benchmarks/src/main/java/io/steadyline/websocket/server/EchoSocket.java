package io.steadyline.websocket.server;

import io.steadyline.websocket.frames.CloseCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sends each message back as it came. Those that come while one is being written wait in line, up to a limit of bytes; beyond it
 * the connection is closed with 1013. Media loop.
 */
final class EchoSocket implements FrameConnection.Owner {

    private record Message(
            boolean text,
            @SuppressWarnings("ArrayRecordComponent") byte[] payload) {}

    private final long maxWaitingBytes;
    private final Queue<Message> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable FrameConnection connection;

    EchoSocket(long maxWaitingBytes) {
        this.maxWaitingBytes = maxWaitingBytes;
    }

    void open(FrameConnection opened) {
        connection = opened;
        opened.open();
    }

    @Override
    public void onMessage(boolean text, byte[] message, int length) {
        FrameConnection open = opened();
        if (waiting.isEmpty() && open.isWritable()) {
            send(open, text, message, length);
        } else if (waitingBytes + length > maxWaitingBytes) {
            open.close(CloseCode.TRY_AGAIN_LATER, "echoes in line: over " + maxWaitingBytes + " bytes");
        } else {
            waiting.add(new Message(text, Arrays.copyOf(message, length)));
            waitingBytes += length;
        }
        open.commitHandled();
    }

    @Override
    public void onSent() {
        FrameConnection open = opened();
        while (!waiting.isEmpty() && open.isWritable()) {
            Message next = waiting.remove();
            waitingBytes -= next.payload().length;
            send(open, next.text(), next.payload(), next.payload().length);
        }
    }

    @Override
    public void onFailure(RuntimeException failure) {
        opened().close(CloseCode.INTERNAL_ERROR, String.valueOf(failure.getMessage()));
    }

    @Override
    public void onTooBig() {}

    @Override
    public void onClosed(int code, String reason) {
        waiting.clear();
    }

    private static void send(FrameConnection open, boolean text, byte[] message, int length) {
        open.begin(length).put(message, 0, length);
        open.end(false, text);
    }

    private FrameConnection opened() {
        FrameConnection open = connection;
        if (open == null) {
            throw new IllegalStateException("echo: a message before it was opened");
        }
        return open;
    }
}
