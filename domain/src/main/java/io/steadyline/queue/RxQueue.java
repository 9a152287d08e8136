package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Caller audio between the socket and the recogniser's queue: the pacing buffer.
 *
 * <p>Puts: the media loop, when the socket gives a frame. Takes: the media loop, at the RX pacer's word. Order: arrival.
 * Bound: 200 frames, 4 s (R11): time for a recogniser to connect or fail over without loss. Full: the oldest frame is
 * dropped and counted; late speech is worth less than present speech. Closed: offers return CLOSED, queued frames remain
 * readable.
 */
public final class RxQueue {

    /** R11. */
    public static final int DEFAULT_CAPACITY_FRAMES = 200;

    private final MediaRing ring;
    private boolean closed;

    public RxQueue(int capacityFrames) {
        ring = new MediaRing(QueueName.RX, capacityFrames, 1);
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

    public @Nullable AudioFrame poll() {
        MediaItem item = ring.poll();
        return item == null ? null : (AudioFrame) item;
    }

    public void close() {
        closed = true;
    }

    /** Counts what is still queued as dropped; for the end of the call. */
    public int discard() {
        closed = true;
        return ring.dropAllFrames(DropReason.CLOSED);
    }

    public int depthFrames() {
        return ring.depthFrames();
    }

    public long droppedByOverflow() {
        return ring.droppedOverflow();
    }

    public QueueCounts counts() {
        return ring.counts();
    }
}
