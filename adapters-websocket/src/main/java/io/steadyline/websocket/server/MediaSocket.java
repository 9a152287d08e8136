package io.steadyline.websocket.server;

import io.steadyline.call.Call;
import io.steadyline.media.MediaItem;
import io.steadyline.port.IngressObserver;
import io.steadyline.port.PeerLink;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Printable;
import io.steadyline.websocket.dialect.DialectCodec;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * One socket of the telephony peer: message in, event to the call; item from the call, message out. The only class that
 * writes to such a socket, and it does so only for its call's TX path (R14). Runs on the media loop.
 */
final class MediaSocket extends AbstractReceiveListener implements PeerLink {

    private static final Logger LOG = LoggerFactory.getLogger(MediaSocket.class);

    private static final int POLICY_VIOLATION = 1008;
    private static final int UNSUPPORTED_DATA = 1003;
    private static final int MESSAGE_TOO_BIG = 1009;
    private static final int INTERNAL_ERROR = 1011;
    private static final int TRY_AGAIN_LATER = 1013;
    /** A peer that does not answer our close frame gets so long. */
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final WebSocketChannel channel;
    private final DialectCodec codec;
    private final Ingress ingress;
    private final WebSocketCallback<BufferedBinaryMessage> onText = new Received(true);
    private final WebSocketCallback<BufferedBinaryMessage> onBinary = new Received(false);
    private final WebSocketCallback<Void> onSent = new Sent();
    private final BadInputBudget badInput = new BadInputBudget();
    private ByteBuffer outgoing = ByteBuffer.allocate(512);
    private @Nullable Call call;
    private boolean settled;
    private boolean sending;
    private boolean insideSend;
    private boolean closing;
    private boolean complained;
    private long missingSeen;

    MediaSocket(WebSocketChannel channel, DialectCodec codec, Ingress ingress) {
        this.channel = channel;
        this.codec = codec;
        this.ingress = ingress;
    }

    /** Begins to read; the peer has to start its stream in time. */
    void open() {
        ingress.admission().onSocketOpened();
        channel.getReceiveSetter().set(this);
        channel.addCloseTask(_ -> onClosed());
        channel.resumeReceives();
        long startTimeoutMs = ingress.config().startTimeout().toMillis();
        ingress.loop().after(startTimeoutMs, () -> {
            if (!settled && !closing) {
                ingress.observer().onSocketRefused(IngressObserver.Refusal.NO_START);
                close(POLICY_VIOLATION, "no start within " + startTimeoutMs + " ms");
            }
        });
    }

    @Override
    public boolean isWritable() {
        return !sending && !closing;
    }

    @Override
    public void send(MediaItem item) {
        int neededBytes = codec.maxEncodedBytes(item);
        if (outgoing.capacity() < neededBytes) {
            outgoing = ByteBuffer.allocate(neededBytes);
        }
        outgoing.clear();
        codec.encode(item, outgoing);
        outgoing.flip();
        sending = true;
        insideSend = true;
        try {
            WebSockets.sendText(outgoing, channel, onSent);
        } finally {
            insideSend = false;
        }
    }

    @Override
    public void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        WebSockets.sendClose(code, CloseReason.of(reason), channel, null);
        ingress.loop().after(CLOSE_TIMEOUT_MS, () -> IoUtils.safeClose(channel));
    }

    @Override
    protected long getMaxTextBufferSize() {
        return ingress.config().limits().messageBytes();
    }

    @Override
    protected long getMaxBinaryBufferSize() {
        return ingress.config().limits().messageBytes();
    }

    @Override
    protected void onText(WebSocketChannel source, StreamSourceFrameChannel message) {
        new BufferedBinaryMessage(getMaxTextBufferSize(), true).read(message, onText);
    }

    @Override
    protected void onBinary(WebSocketChannel source, StreamSourceFrameChannel message) {
        new BufferedBinaryMessage(getMaxBinaryBufferSize(), true).read(message, onBinary);
    }

    @Override
    protected void onError(WebSocketChannel source, Throwable error) {
        LOG.debug("socket of {}: {}", peer(), Printable.of(String.valueOf(error)));
        IoUtils.safeClose(channel);
    }

    private void onMessage(byte[] message, int length, boolean text) {
        long nowNs = ingress.loop().nowNs();
        try {
            onEvent(text ? codec.decode(message, 0, length) : codec.binary(length), nowNs);
        } catch (RuntimeException failure) {
            LOG.error("socket of {}: our own failure, closing it", peer(), failure);
            close(INTERNAL_ERROR, "internal error");
        }
        ingress.loop().rearm();
    }

    private void onEvent(PeerEvent event, long nowNs) {
        if (closing) {
            return;
        }
        switch (event) {
            case PeerEvent.Started started -> onStarted(started.facts(), nowNs);
            case PeerEvent.Unusable bad -> onUnusable(bad, nowNs);
            case PeerEvent.Connected _ -> badInput.onGood();
            case PeerEvent.Media _, PeerEvent.Dtmf _, PeerEvent.MarkReturned _, PeerEvent.Stopped _ -> {
                badInput.onGood();
                toCall(event, nowNs);
            }
        }
    }

    private void onStarted(CallFacts facts, long nowNs) {
        Optional<String> refusal = ingress.admission().refusalOfCall(facts.callId());
        if (refusal.isPresent()) {
            LOG.warn("call {} refused: {}", facts.callId(), refusal.get());
            ingress.observer().onSocketRefused(IngressObserver.Refusal.CALL_LIMIT);
            close(TRY_AGAIN_LATER, refusal.get());
            return;
        }
        call = ingress.calls().onStreamStarted(facts, this, nowNs);
        settle();
    }

    private void onUnusable(PeerEvent.Unusable bad, long nowNs) {
        if (call != null) {
            toCall(bad, nowNs);
        } else {
            onUnusableBeforeStart(bad);
        }
        if (bad.reason() == BadInput.UNSUPPORTED_FORMAT && call == null) {
            close(UNSUPPORTED_DATA, "unsupported format " + bad.detail());
        } else if (!badInput.onBad()) {
            ingress.observer().onSocketRefused(IngressObserver.Refusal.BAD_INPUT);
            close(POLICY_VIOLATION, "too many messages that cannot be used, last: " + bad.reason());
        }
    }

    private void onUnusableBeforeStart(PeerEvent.Unusable bad) {
        ingress.observer().onBadInput(bad.reason());
        if (!complained) {
            complained = true;
            LOG.warn("socket of {} before its start: {} {}", peer(), bad.reason(), bad.detail());
        }
    }

    private void toCall(PeerEvent event, long nowNs) {
        Call receiver = call;
        if (receiver == null) {
            return;
        }
        long missing = codec.missingChunks();
        if (missing != missingSeen) {
            ingress.calls().onMissing(receiver, missing - missingSeen);
            missingSeen = missing;
        }
        ingress.calls().onPeerEvent(receiver, event, nowNs);
    }

    private void onClosed() {
        closing = true;
        settle();
        Call receiver = call;
        if (receiver != null) {
            String why = "socket closed, code " + channel.getCloseCode() + " "
                    + Printable.of(String.valueOf(channel.getCloseReason()));
            ingress.calls().onStreamLost(receiver, this, why, ingress.loop().nowNs());
            ingress.loop().rearm();
        }
    }

    private void settle() {
        if (!settled) {
            settled = true;
            ingress.admission().onSocketSettled();
        }
    }

    private String peer() {
        return call != null ? "call " + call.facts().callId() : String.valueOf(channel.getPeerAddress());
    }

    /** A whole message has come in. */
    private final class Received implements WebSocketCallback<BufferedBinaryMessage> {

        private final boolean text;

        Received(boolean text) {
            this.text = text;
        }

        @Override
        @SuppressWarnings("deprecation") // Pooled is deprecated by XNIO, and still what Undertow gives
        public void complete(WebSocketChannel source, BufferedBinaryMessage message) {
            org.xnio.Pooled<ByteBuffer[]> data = message.getData();
            try {
                byte[] scratch = ingress.scratch();
                int length = 0;
                for (ByteBuffer part : data.getResource()) {
                    int bytes = part.remaining();
                    part.get(scratch, length, bytes);
                    length += bytes;
                }
                onMessage(scratch, length, text);
            } finally {
                data.close();
            }
        }

        @Override
        public void onError(WebSocketChannel source, BufferedBinaryMessage message, Throwable error) {
            if (source.getCloseCode() == MESSAGE_TOO_BIG) {
                ingress.observer().onBadInput(BadInput.TOO_LARGE);
            }
            MediaSocket.this.onError(source, error);
        }
    }

    /** What was written has left, at once or later. */
    private final class Sent implements WebSocketCallback<Void> {

        @Override
        public void complete(WebSocketChannel source, @Nullable Void nothing) {
            sending = false;
            Call waiting = call;
            if (!insideSend && waiting != null) {
                ingress.calls().poll(waiting, ingress.loop().nowNs());
                ingress.loop().rearm();
            }
        }

        @Override
        public void onError(WebSocketChannel source, @Nullable Void nothing, Throwable error) {
            MediaSocket.this.onError(source, error);
        }
    }
}
