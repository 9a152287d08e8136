package io.steadyline.websocket.downstream;

import io.steadyline.port.AgentSeat;
import java.nio.ByteBuffer;

/**
 * Lets a bot acknowledge that knows nothing of it: what it was told before a ping it has taken out of its socket when the
 * pong comes, because every WebSocket library answers pings in their turn (RFC 6455 section 5.5.2). One ping at a time,
 * behind each event, and behind caller audio every 100 ms.
 *
 * <p>The media loop tells and asks; the pong comes on the client's thread.
 */
final class PongAcknowledgements {

    private static final int FRAMES_A_PING = 5;
    private static final int PAYLOAD_BYTES = 2 * Long.BYTES;
    /** A bot that answers no ping for so long does not answer any. */
    private static final long UNANSWERED_LIMIT_NS = 5_000_000_000L;

    private final AgentSeat seat;
    private final Outbox outbox;
    private long sequence;
    private long position = -1;
    private boolean eventIsOwed;
    private int framesOwed;
    private volatile boolean waits;
    private volatile long pingedNs;

    PongAcknowledgements(AgentSeat seat, Outbox outbox) {
        this.seat = seat;
        this.outbox = outbox;
    }

    /** @param told 0: nothing that is replayed */
    void onEvent(long told, long nowNs) {
        if (told > 0) {
            sequence = told;
            eventIsOwed = true;
        }
        pingIfDue(nowNs);
    }

    void onFrame(long told, long nowNs) {
        position = told;
        framesOwed++;
        pingIfDue(nowNs);
    }

    private void pingIfDue(long nowNs) {
        if (waits || !(eventIsOwed || framesOwed >= FRAMES_A_PING)) {
            return;
        }
        waits = true;
        pingedNs = nowNs;
        eventIsOwed = false;
        framesOwed = 0;
        outbox.ping(ByteBuffer.allocate(PAYLOAD_BYTES)
                .putLong(sequence)
                .putLong(position)
                .array());
    }

    /** Any thread; one that is no answer to a ping of ours is ignored. */
    void onPong(ByteBuffer payload) {
        if (waits && payload.remaining() == PAYLOAD_BYTES) {
            long answered = payload.getLong();
            seat.acknowledge(answered, payload.getLong());
            waits = false;
        }
    }

    /** False once a ping has stayed without an answer: then what was sent counts as told. */
    boolean areComing(long nowNs) {
        if (!seat.isWritable()) {
            // Its socket is not read for now: that is our doing.
            pingedNs = nowNs;
        }
        return !waits || nowNs - pingedNs < UNANSWERED_LIMIT_NS;
    }
}
