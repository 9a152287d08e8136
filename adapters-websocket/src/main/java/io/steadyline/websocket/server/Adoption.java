package io.steadyline.websocket.server;

import io.steadyline.call.Call;
import io.steadyline.port.CallSlot;
import io.steadyline.port.SocketHolder.Held;
import io.steadyline.port.SocketHolder.SocketCounts;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.frames.CloseCode;
import io.steadyline.websocket.frames.FrameWriter;
import io.steadyline.websocket.server.FrameConnection.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * Goes on with the calls of a worker that has died: socket by socket, at a message boundary known to the byte, or not at
 * all. What cannot be gone on with is closed with 1012, and the provider may bring the call back. Media loop.
 *
 * <p>The kernel knows how many bytes the dead worker has read and written; its page knows up to where it has handled what
 * it read, still has the bytes behind, and has the message that it was writing.
 */
final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
    private static final long LAST_WORD_MS = 1_000;

    private final Ingress ingress;
    private final SocketSurgery surgery;
    private final XnioIoThread thread;
    private final List<Dialect> dialects;
    private final Function<SlotSnapshot, CallPast> pastOf;

    Adoption(
            Ingress ingress,
            SocketSurgery surgery,
            XnioIoThread thread,
            List<Dialect> dialects,
            Function<SlotSnapshot, CallPast> pastOf) {
        this.ingress = ingress;
        this.surgery = surgery;
        this.thread = thread;
        this.dialects = dialects;
        this.pastOf = pastOf;
    }

    /** The call of this page, on the socket that was held for it. */
    Fate adopt(SlotSnapshot left, Held held) {
        StreamConnection raw;
        try {
            raw = surgery.connection(held.descriptor(), thread);
        } catch (IOException | RuntimeException unusable) {
            LOG.warn("call {}: its socket cannot be taken over: {}", left.callId(), String.valueOf(unusable));
            ingress.keeping().holder().close(held.descriptor());
            ingress.keeping().holder().drop(held.socketName());
            return Fate.CUT;
        }
        SocketCounts counts = ingress.keeping().holder().counts(held.descriptor());
        try {
            goOn(left, held, raw, counts);
            return Fate.ADOPTED;
        } catch (NotExact why) {
            LOG.warn("call {}: cannot go on where it was, closing it with 1012: {}", left.callId(), why.getMessage());
            sayGoodbye(raw, isAtMessageBoundary(left, counts));
            ingress.keeping().holder().drop(held.socketName());
            return Fate.CLOSED;
        } catch (RuntimeException failure) {
            // Ours to answer for; the calls behind it are waiting all the same.
            LOG.error("call {}: our own failure while taking it over, ending its socket", left.callId(), failure);
            IoUtils.safeClose(raw);
            ingress.keeping().holder().drop(held.socketName());
            return Fate.CLOSED;
        }
    }

    private void goOn(SlotSnapshot left, Held held, StreamConnection raw, SocketCounts counts) throws NotExact {
        Position position = position(left, counts, CallSlot.RING_BYTES);
        DialectCodec codec = codecOf(left);
        byte[] start = left.startMessage().getBytes(StandardCharsets.UTF_8);
        if (!(codec.decode(start, 0, start.length) instanceof PeerEvent.Started started)
                || !started.facts().callId().value().equals(left.callId())) {
            throw new NotExact("the start message in its page is not one of call " + left.callId());
        }
        codec.continueAfter(left.lastChunk());
        CallSlot slot = ingress.keeping().slots().adopt(left);
        ingress.tokens().onAdopted(started.facts());
        MediaSocket socket = MediaSocket.adopted(raw, held.descriptor(), left, slot, position, codec, ingress);
        Call call = ingress.calls()
                .onStreamAdopted(
                        TokenGate.withoutToken(started.facts()),
                        socket,
                        pastOf.apply(left),
                        left.nextPlayoutNs(),
                        left.lastMarkNumber(),
                        ingress.loop().nowNs());
        socket.goOnWith(call);
    }

    /** Where the successor goes on, from what the kernel and the page say. */
    static Position position(SlotSnapshot left, SocketCounts counts, int ringBytes) throws NotExact {
        if (!counts.isKnown() || left.rxBase() < 0 || left.txBase() < 0) {
            throw new NotExact("the kernel's counts of the socket are not known");
        }
        if (left.rxPartlyElsewhere()) {
            throw new NotExact("a message was partly in the memory of the dead worker");
        }
        long read = counts.readBytes() - left.rxBase();
        if (read < left.rxHandled() || read - left.rxHandled() > ringBytes) {
            throw new NotExact("bytes read: " + read + " (expected: " + left.rxHandled() + " to "
                    + (left.rxHandled() + ringBytes) + ")");
        }
        long inHand = counts.writtenBytes() - left.txBase() - left.txStart();
        long length = Math.abs((long) left.txBytes());
        if (left.txBytes() > CallSlot.MESSAGE_BYTES) {
            throw new NotExact(
                    "message in hand: " + length + " bytes (expected: at most " + CallSlot.MESSAGE_BYTES + ")");
        }
        if (inHand < 0 || inHand > length || (left.txBytes() < 0 && inHand != 0 && inHand != length)) {
            throw new NotExact("bytes written of the message in hand: " + inHand + " (expected: 0 to " + length + ")");
        }
        boolean complete = inHand == length;
        if (complete || left.txBytes() < 0) {
            return new Position(0, read, left.rxHandled(), left.txStart() + inHand, 0, 0, false);
        }
        // It counts as written by the boot that began it.
        return new Position(0, read, left.rxHandled(), left.txStart(), left.txBytes(), (int) (length - inHand), false);
    }

    private static boolean isAtMessageBoundary(SlotSnapshot left, SocketCounts counts) {
        long inHand = counts.writtenBytes() - left.txBase() - left.txStart();
        return counts.isKnown() && left.txBase() >= 0 && (inHand == 0 || inHand == Math.abs((long) left.txBytes()));
    }

    private DialectCodec codecOf(SlotSnapshot left) throws NotExact {
        for (Dialect dialect : dialects) {
            if (dialect.name().equals(left.dialect())) {
                return dialect.newCodec(left.listenOnly() ? StreamMode.LISTEN_ONLY : StreamMode.BIDIRECTIONAL);
            }
        }
        throw new NotExact("dialect '" + left.dialect() + "' is not known");
    }

    /** A close frame in the middle of a message would be nonsense: then the connection just ends. */
    private void sayGoodbye(StreamConnection raw, boolean atBoundary) {
        try {
            if (atBoundary) {
                ByteBuffer out = ByteBuffer.allocate(FrameWriter.MAX_CONTROL_FRAME_BYTES);
                FrameWriter.close(out, CloseCode.SERVICE_RESTART, "the worker died; please come back");
                raw.getSinkChannel().write(out);
            }
            raw.getSinkChannel().shutdownWrites();
            raw.getSinkChannel().flush();
        } catch (IOException gone) {
            LOG.debug("a socket that is closed anyway did not take its goodbye", gone);
        }
        ingress.loop().after(LAST_WORD_MS, () -> IoUtils.safeClose(raw));
    }

    /** It is not known to the byte where to go on. */
    static final class NotExact extends Exception {

        private static final long serialVersionUID = 1;

        NotExact(String message) {
            super(message);
        }
    }
}
