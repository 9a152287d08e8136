package io.steadyline.websocket.server;

import io.steadyline.call.Call;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.port.CallSlot;
import io.steadyline.port.IngressObserver;
import io.steadyline.port.PeerLink;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Printable;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.frames.CloseCode;
import io.steadyline.websocket.server.Admission.Refused;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.StreamConnection;

/**
 * One socket of the telephony peer: message in, event to the call; item from the call, message out. The only class that
 * writes to such a socket, and it does so only for its call's TX path (R14). Runs on the media loop.
 */
final class MediaSocket implements PeerLink, FrameConnection.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(MediaSocket.class);

    private final FrameConnection connection;
    private final int descriptor;
    private final CallSlot slot;
    private final DialectCodec codec;
    private final Ingress ingress;
    private final BadInputBudget badInput = new BadInputBudget();
    private String heldAs = "";
    private @Nullable Call call;
    private boolean settled;
    private boolean closing;
    private boolean complained;
    private long missingSeen;

    private MediaSocket(
            StreamConnection raw,
            CallSlot slot,
            FrameConnection.Position position,
            int descriptor,
            DialectCodec codec,
            Ingress ingress) {
        this.slot = slot;
        this.codec = codec;
        this.ingress = ingress;
        this.descriptor = descriptor;
        this.connection = new FrameConnection(raw, slot, ingress.loop(), ingress.scratch(), position, this);
    }

    /**
     * A socket that was just upgraded.
     *
     * @param readAhead bytes behind the request that were read already and are still to come out of {@code raw}
     */
    static MediaSocket fresh(StreamConnection raw, int readAhead, DialectCodec codec, Ingress ingress) {
        int descriptor = ingress.keeping().descriptorOf(raw);
        CallSlot slot = ingress.keeping().slots().acquire();
        ingress.keeping().bind(slot, descriptor, readAhead);
        return new MediaSocket(raw, slot, FrameConnection.Position.start(readAhead), descriptor, codec, ingress);
    }

    /** A socket whose worker has died; its codec has read the start already. */
    static MediaSocket adopted(
            StreamConnection raw,
            int descriptor,
            SlotSnapshot left,
            CallSlot slot,
            FrameConnection.Position position,
            DialectCodec codec,
            Ingress ingress) {
        MediaSocket socket = new MediaSocket(raw, slot, position, descriptor, codec, ingress);
        socket.heldAs = left.socketName();
        socket.settled = true;
        return socket;
    }

    /** Begins to read; the peer has to start its stream in time. */
    void open() {
        ingress.admission().onSocketOpened();
        long startTimeoutMs = ingress.config().startTimeout().toMillis();
        ingress.loop().after(startTimeoutMs, () -> {
            if (!settled && !closing) {
                ingress.observer().onSocketRefused(IngressObserver.Refusal.NO_START);
                close(CloseCode.POLICY_VIOLATION, "no start within " + startTimeoutMs + " ms");
            }
        });
        connection.open();
    }

    /** Goes on with the call whose socket this is. */
    void goOnWith(Call adopted) {
        call = adopted;
        connection.open();
        ingress.loop().rearm();
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public CallSlot slot() {
        return slot;
    }

    @Override
    public void send(MediaItem item) {
        ByteBuffer out = connection.begin(codec.maxEncodedBytes(item));
        codec.encode(item, out);
        connection.end(item instanceof AudioFrame);
    }

    @Override
    public void close(int code, String reason) {
        closing = true;
        // From here on nobody may go on with it: it would send media behind our close frame.
        dropHeld();
        connection.close(code, CloseReason.of(reason));
    }

    @Override
    public void onMessage(boolean text, byte[] message, int length) {
        long nowNs = ingress.loop().nowNs();
        try {
            PeerEvent event = text ? codec.decode(message, 0, length) : codec.binary(length);
            if (event instanceof PeerEvent.Media media) {
                // Its commit is that of the frame that is sent in its turn, if there is one: half of the commits of a
                // call.
                slot.frameIn(media.chunk());
            } else {
                connection.commitHandled();
            }
            onEvent(event, message, length, nowNs);
            connection.commitHandled();
        } catch (RuntimeException failure) {
            onFailure(failure);
        }
        ingress.loop().onMessage(nowNs);
    }

    @Override
    public void onFailure(RuntimeException failure) {
        LOG.error("socket of {}: our own failure, closing it", peer(), failure);
        close(CloseCode.INTERNAL_ERROR, "internal error");
    }

    @Override
    public void onTooBig() {
        ingress.observer().onBadInput(BadInput.TOO_LARGE);
    }

    @Override
    public void onSent() {
        Call waiting = call;
        if (waiting != null) {
            ingress.calls().poll(waiting, ingress.loop().nowNs());
            ingress.loop().rearm();
        }
    }

    @Override
    public void onClosed(int code, String reason) {
        closing = true;
        settle();
        letGo();
        Call receiver = call;
        if (receiver != null) {
            String why = "socket closed, code " + code + " " + Printable.of(reason);
            ingress.calls().onStreamLost(receiver, this, why, ingress.loop().nowNs());
            ingress.loop().rearm();
        }
    }

    private void onEvent(PeerEvent event, byte[] message, int length, long nowNs) {
        if (closing) {
            return;
        }
        switch (event) {
            case PeerEvent.Started started -> onStarted(started.facts(), message, length, nowNs);
            case PeerEvent.Unusable bad -> onUnusable(bad, nowNs);
            case PeerEvent.UnknownStream unknown -> onUnknownStream(unknown);
            case PeerEvent.Connected _ -> badInput.onGood();
            case PeerEvent.Media _, PeerEvent.Dtmf _, PeerEvent.MarkReturned _, PeerEvent.Stopped _ -> {
                badInput.onGood();
                toCall(event, nowNs);
            }
        }
    }

    private void onStarted(CallFacts told, byte[] message, int length, long nowNs) {
        Optional<String> badToken = ingress.tokens().refusalOf(told);
        if (badToken.isPresent()) {
            LOG.warn("call {} refused: {}", told.callId(), badToken.get());
            ingress.observer().onSocketRefused(IngressObserver.Refusal.BAD_TOKEN);
            close(CloseCode.POLICY_VIOLATION, badToken.get());
            return;
        }
        CallFacts facts = TokenGate.withoutToken(told);
        Optional<Refused> refusal = ingress.admission().refusalOfCall(facts.callId(), true, nowNs);
        if (refusal.isPresent()) {
            LOG.atLevel(refusal.get().logLevel())
                    .log("call {} refused: {}", facts.callId(), refusal.get().why());
            ingress.observer().onSocketRefused(refusal.get().reason());
            close(CloseCode.TRY_AGAIN_LATER, refusal.get().why());
            return;
        }
        Call begun = ingress.calls().onStreamStarted(facts, this, nowNs);
        call = begun;
        heldAs = ingress.keeping().hold(slot, descriptor, facts, begun.resumes(), message, length);
        settle();
    }

    /** Media of a call that this boot never started: the incident, answered in one line instead of eaten for minutes. */
    private void onUnknownStream(PeerEvent.UnknownStream unknown) {
        Optional<String> origin =
                ingress.keeping().archive().originOf(unknown.streamId().value());
        if (origin.isPresent()) {
            LOG.warn("media without a start: {}", origin.get());
            ingress.observer().onBadInput(BadInput.BEFORE_START);
            close(CloseCode.SERVICE_RESTART, origin.get());
        } else {
            onUnusableBeforeStart(new PeerEvent.Unusable(
                    BadInput.BEFORE_START, "media of stream " + unknown.streamId(), "start first"));
            spendBadInput(BadInput.BEFORE_START);
        }
    }

    private void onUnusable(PeerEvent.Unusable bad, long nowNs) {
        if (call != null) {
            toCall(bad, nowNs);
        } else {
            onUnusableBeforeStart(bad);
        }
        if (bad.reason() == BadInput.UNSUPPORTED_FORMAT && call == null) {
            close(CloseCode.UNSUPPORTED_DATA, "unsupported format " + bad.detail());
        } else {
            spendBadInput(bad.reason());
        }
    }

    private void spendBadInput(BadInput reason) {
        if (!badInput.onBad()) {
            ingress.observer().onSocketRefused(IngressObserver.Refusal.BAD_INPUT);
            close(CloseCode.POLICY_VIOLATION, "too many messages that cannot be used, last: " + reason);
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

    /** The page and whoever holds the socket forget it; else the peer would never see it closed. */
    private void letGo() {
        dropHeld();
        slot.release();
    }

    private void dropHeld() {
        if (!heldAs.isEmpty()) {
            ingress.keeping().holder().drop(heldAs);
            heldAs = "";
        }
    }

    private void settle() {
        if (!settled) {
            settled = true;
            ingress.admission().onSocketSettled();
        }
    }

    private String peer() {
        return call != null ? "call " + call.facts().callId() : connection.peerAddress();
    }
}
