package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Wire;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket of the JDK as a link. The JDK calls the listener's methods one after the other. */
final class WebSocketLink implements Link, WebSocket.Listener {

    /** Of one message, either kind: the largest that a recogniser sends are some kilobytes. */
    static final int MAX_MESSAGE = 1 << 20;

    /** Time for the answer to a close frame; then the socket is gone in any case. */
    private static final long CLOSING_MS = 2_000;

    private final EventLine line;
    private final Executor executor;
    private volatile @Nullable WebSocket socket;

    /** What goes on before there is a socket. */
    private volatile @Nullable CompletableFuture<?> preparation;

    private StringBuilder text = new StringBuilder();
    private ByteArrayOutputStream binary = new ByteArrayOutputStream();

    WebSocketLink(LinkEvents events, Executor executor) {
        this.line = new EventLine(events, this::abortSocket);
        this.executor = executor;
    }

    @Override
    public void send(Wire message) {
        WebSocket open = socket;
        if (open == null) {
            broken(new IllegalStateException("send: no connection (expected: only after it was opened)"));
            return;
        }
        switch (message) {
            case Wire.Text(String content) -> follow(open.sendText(content, true));
            case Wire.Binary(byte[] data) -> sendBinary(open, data);
        }
    }

    @Override
    public void finish() {
        WebSocket open = socket;
        if (open == null) {
            broken(new IllegalStateException("finish: no connection (expected: only after it was opened)"));
            return;
        }
        follow(open.sendClose(Closing.NORMAL, ""));
    }

    @Override
    public void abort() {
        line.silence();
        CompletableFuture<?> pending = preparation;
        if (pending != null) {
            pending.cancel(true);
        }
        abortSocket();
    }

    /** Nobody waits for this link any more. */
    boolean isOver() {
        return line.isOver();
    }

    /** Cancelled when the link is given up. */
    void preparedBy(CompletableFuture<?> pending) {
        preparation = pending;
        if (line.isOver()) {
            pending.cancel(true);
        }
    }

    void refused(Refusal refusal) {
        line.tellLast(events -> events.refused(refusal));
    }

    void broken(Throwable cause) {
        if (line.tellLast(events -> events.broken(cause))) {
            abortSocket();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        // After the line above: whoever aborts either finds the socket or is found here.
        if (line.isOver()) {
            opened.abort();
            return;
        }
        line.tell(LinkEvents::opened);
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (text.length() + data.length() > MAX_MESSAGE) {
            tooLarge();
            return null;
        }
        text.append(data);
        if (last) {
            Wire message = new Wire.Text(text.toString());
            text = new StringBuilder();
            line.tell(events -> events.received(message));
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (binary.size() + data.remaining() > MAX_MESSAGE) {
            tooLarge();
            return null;
        }
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            Wire message = new Wire.Binary(binary.toByteArray());
            binary = new ByteArrayOutputStream();
            line.tell(events -> events.received(message));
        }
        from.request(1);
        return null;
    }

    /** The JDK answers the close frame when this returns; a far side that does not read would never let it. */
    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        if (code == Closing.BROKEN) {
            // So the JDK tells the end of a TCP stream; in a close frame the number is not allowed.
            broken(new EOFException("connection: ended without a close frame"));
            return null;
        }
        line.tellLast(events -> events.closed(new Closing(code, reason)));
        CompletableFuture.delayedExecutor(CLOSING_MS, TimeUnit.MILLISECONDS, executor)
                .execute(from::abort);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        broken(error);
    }

    private void sendBinary(WebSocket open, byte[] data) {
        if (data.length == 0) {
            // Several vendors take an empty message for the end of the audio.
            line.tell(LinkEvents::written);
        } else {
            follow(open.sendBinary(ByteBuffer.wrap(data), true));
        }
    }

    private void follow(CompletableFuture<WebSocket> sending) {
        var _ = sending.whenComplete((_, failure) -> {
            if (failure == null) {
                line.tell(LinkEvents::written);
            } else {
                broken(failure);
            }
        });
    }

    private void tooLarge() {
        broken(new IOException("message: more than " + MAX_MESSAGE + " bytes (expected: at most so many)"));
    }

    private void abortSocket() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }
}
