package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.SttControl;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import org.jspecify.annotations.Nullable;

/**
 * Caller audio between the media loop and the recogniser's sender.
 *
 * <p>Puts: the media loop. Takes: one thread of the recogniser's adapter, or the media loop itself where nobody listens. Order: arrival. Bound: 200 frames (R12). Full:
 * in normal mode the offer is refused and the frame stays pending at the giver (R9); in drain mode the oldest frame is
 * dropped and counted, control items never. Closed: offers return CLOSED, queued items remain readable.
 */
public final class SttQueue extends Fill {

    /** R12. */
    public static final int DEFAULT_CAPACITY_FRAMES = 200;

    private static final int CONTROL_LIMIT = 64;
    private static final Runnable NOBODY = () -> {};

    private final Object lock = new Object();
    private final MediaRing ring;
    private Runnable readableListener = NOBODY;
    private boolean held;
    private boolean closed;

    public SttQueue(int capacityFrames) {
        ring = new MediaRing(QueueName.STT, capacityFrames, CONTROL_LIMIT);
    }

    public OfferOutcome offer(AudioFrame frame, RxMode mode) {
        OfferOutcome outcome = OfferOutcome.ACCEPTED;
        Runnable wakeUp = NOBODY;
        synchronized (lock) {
            if (closed) {
                ring.countRefusal();
                return OfferOutcome.CLOSED;
            }
            if (held) {
                ring.countRefusal();
                return OfferOutcome.REFUSED_FULL;
            }
            if (ring.isEmpty()) {
                wakeUp = readableListener;
            }
            if (!ring.hasRoomForFrame()) {
                if (mode == RxMode.NORMAL) {
                    ring.countRefusal();
                    return OfferOutcome.REFUSED_FULL;
                }
                ring.dropOldestFrame();
                outcome = OfferOutcome.ACCEPTED_DROPPING_OLDEST;
            }
            ring.add(frame);
            show(ring);
        }
        wakeUp.run();
        return outcome;
    }

    /** Control items pass a hold; refused only beyond 64 that nobody took, or when closed. */
    public OfferOutcome offer(SttControl control) {
        Runnable wakeUp = NOBODY;
        synchronized (lock) {
            if (closed) {
                return OfferOutcome.CLOSED;
            }
            if (!ring.hasRoomForControl()) {
                return OfferOutcome.REFUSED_FULL;
            }
            if (ring.isEmpty()) {
                wakeUp = readableListener;
            }
            ring.add(control);
            show(ring);
        }
        wakeUp.run();
        return OfferOutcome.ACCEPTED;
    }

    /** The next item, or null when there is none now. */
    public @Nullable MediaItem poll() {
        if (isEmpty()) {
            return null;
        }
        synchronized (lock) {
            MediaItem item = ring.poll();
            show(ring);
            return item;
        }
    }

    /**
     * Calls the listener each time that the queue turns from empty to not empty, on the putting thread: it must return at
     * once. If something is queued already, it is called now.
     */
    public void onReadable(Runnable listener) {
        boolean readable;
        synchronized (lock) {
            readableListener = listener;
            readable = !ring.isEmpty();
        }
        if (readable) {
            listener.run();
        }
    }

    /** The recogniser wants no audio for now: frames are refused, so that they wait in the RX queue, until release. */
    public void hold() {
        synchronized (lock) {
            held = true;
        }
    }

    public void release() {
        synchronized (lock) {
            held = false;
        }
    }

    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** Counts what is still queued as dropped; for the end of the call. */
    public int discard() {
        synchronized (lock) {
            closed = true;
            int dropped = ring.dropAllFrames(DropReason.CLOSED);
            show(ring);
            return dropped;
        }
    }

    public long droppedByOverflow() {
        synchronized (lock) {
            return ring.droppedOverflow();
        }
    }

    public QueueCounts counts() {
        synchronized (lock) {
            return ring.counts();
        }
    }
}
