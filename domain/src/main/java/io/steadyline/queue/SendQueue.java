package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Paced audio and control between the TX pacer and the socket; holds something only while the peer does not take it.
 *
 * <p>Puts and takes: the media loop. Order: arrival. Bound: 144 frames, 2.9 s (R13). Full: the oldest frame is dropped and
 * counted, control items never; a peer that takes nothing for too long ends the call before that matters. Closed: offers
 * return CLOSED, queued items remain readable.
 */
public final class SendQueue {

    /** R13. */
    public static final int DEFAULT_CAPACITY_FRAMES = 144;

    private static final int CONTROL_LIMIT = 256;

    private final MediaRing ring;
    private boolean closed;

    public SendQueue(int capacityFrames) {
        ring = new MediaRing(QueueName.SEND, capacityFrames, CONTROL_LIMIT);
    }

    public OfferOutcome offer(AudioFrame frame) {
        if (closed) {
            ring.countRefusal();
            return OfferOutcome.CLOSED;
        }
        if (ring.hasRoomForFrame()) {
            ring.add(frame);
            return OfferOutcome.ACCEPTED;
        }
        ring.dropOldestFrame();
        ring.add(frame);
        return OfferOutcome.ACCEPTED_DROPPING_OLDEST;
    }

    /** Refused beyond 256 control items that wait: the giver keeps its own until there is room. */
    public OfferOutcome offer(ControlItem control) {
        if (closed) {
            return OfferOutcome.CLOSED;
        }
        if (!ring.hasRoomForControl()) {
            return OfferOutcome.REFUSED_FULL;
        }
        ring.add(control);
        return OfferOutcome.ACCEPTED;
    }

    public boolean hasRoomForControl() {
        return ring.hasRoomForControl();
    }

    public @Nullable MediaItem poll() {
        return ring.poll();
    }

    /** A clear: audio that the socket has not taken is forgotten and counted. */
    public int clearFrames() {
        return ring.dropAllFrames(DropReason.CLEARED);
    }

    /** Counts what is still queued as dropped; for the end of the call. */
    public int discard() {
        closed = true;
        return ring.dropAllFrames(DropReason.CLOSED);
    }

    public boolean isEmpty() {
        return ring.isEmpty();
    }

    public int depthFrames() {
        return ring.depthFrames();
    }

    public QueueCounts counts() {
        return ring.counts();
    }
}
