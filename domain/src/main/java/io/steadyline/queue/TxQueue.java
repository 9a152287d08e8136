package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.TxControl;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Agent audio, marks and greeting between their source and the TX pacer.
 *
 * <p>Puts: the agent's thread, or the media loop for the greeting and built-in agents. Takes: the media loop. Order:
 * arrival. Bound: 120 frames, 2.4 s (R13); from 15 frames on it is not writable until it has fallen to 8, and sources
 * that can wait do. Full: the oldest frame is dropped and counted; marks keep their place. Closed: offers return CLOSED,
 * queued items remain readable.
 *
 * <p>A clear starts a new epoch: audio of an older one is refused however late it is offered, and what is queued of it is
 * dropped and counted. Marks of a dead epoch stay for their owner to report as interrupted.
 */
public final class TxQueue extends Fill {

    /** R13. */
    public static final int DEFAULT_CAPACITY_FRAMES = 120;
    /** 300 ms: enough for a source that is woken late, short enough that a clear has little to forget. */
    public static final int HIGH_WATERMARK_FRAMES = 15;

    public static final int LOW_WATERMARK_FRAMES = 8;

    private static final int CONTROL_LIMIT = 256;
    private static final Runnable NOBODY = () -> {};

    private final Object lock = new Object();
    private final MediaRing ring;
    private Runnable readableListener = NOBODY;
    private Runnable writableListener = NOBODY;
    /** Written under the lock; who reads it may see a new one before the queue is empty. */
    private volatile long epoch = 1;

    private boolean aboveWatermark;
    private boolean closed;

    public TxQueue(int capacityFrames) {
        ring = new MediaRing(QueueName.TX, capacityFrames, CONTROL_LIMIT);
    }

    public OfferOutcome offer(AudioFrame frame, long frameEpoch) {
        OfferOutcome outcome = OfferOutcome.ACCEPTED;
        Runnable wakeUp;
        synchronized (lock) {
            OfferOutcome refusal = refusalOf(frameEpoch);
            if (refusal != null) {
                ring.countRefusal();
                return refusal;
            }
            wakeUp = ring.isEmpty() ? readableListener : NOBODY;
            if (!ring.hasRoomForFrame()) {
                ring.dropOldestFrame();
                outcome = OfferOutcome.ACCEPTED_DROPPING_OLDEST;
            }
            ring.add(frame);
            show(ring);
            aboveWatermark |= ring.depthFrames() >= HIGH_WATERMARK_FRAMES;
        }
        wakeUp.run();
        return outcome;
    }

    /** Refused only beyond 256 control items that wait, in a dead epoch, or when closed. */
    public OfferOutcome offer(TxControl control) {
        Runnable wakeUp;
        synchronized (lock) {
            OfferOutcome refusal = refusalOf(control.epoch());
            if (refusal != null) {
                return refusal;
            }
            if (!ring.hasRoomForControl()) {
                return OfferOutcome.REFUSED_FULL;
            }
            wakeUp = ring.isEmpty() ? readableListener : NOBODY;
            ring.add(control);
            show(ring);
        }
        wakeUp.run();
        return OfferOutcome.ACCEPTED;
    }

    /** Ends the current epoch: its audio is dropped and counted, later offers for it are refused. Returns the new one. */
    public long clear() {
        Runnable writable;
        long newEpoch;
        synchronized (lock) {
            newEpoch = epoch + 1;
            epoch = newEpoch;
            ring.dropAllFrames(DropReason.CLEARED);
            show(ring);
            writable = writableAgain();
        }
        writable.run();
        return newEpoch;
    }

    /** The next item; null when there is none, or when it is audio and {@code audioToo} is false. */
    public @Nullable MediaItem poll(boolean audioToo) {
        return poll(audioToo, epoch());
    }

    /** The same, but null once a clear has ended {@code knownEpoch}: the taker has to act on the clear first. */
    public @Nullable MediaItem poll(boolean audioToo, long knownEpoch) {
        if (isEmpty()) {
            return null;
        }
        MediaItem item;
        Runnable writable;
        synchronized (lock) {
            if (epoch != knownEpoch || (!audioToo && ring.peek() instanceof AudioFrame)) {
                return null;
            }
            item = ring.poll();
            show(ring);
            writable = writableAgain();
        }
        writable.run();
        return item;
    }

    public long epoch() {
        return epoch;
    }

    /** False from the high watermark on until the low one is reached: two levels, so that it does not flap. */
    public boolean isWritable() {
        synchronized (lock) {
            return !aboveWatermark && !closed;
        }
    }

    /** Called each time that the queue turns writable again, by the thread that took or cleared; returns at once. */
    public void onWritable(Runnable listener) {
        synchronized (lock) {
            writableListener = listener;
        }
    }

    /** Called on the putting thread each time that the queue turns from empty to not empty; returns at once. */
    public void onReadable(Runnable listener) {
        synchronized (lock) {
            readableListener = listener;
        }
    }

    /** No more offers; what is queued still plays. */
    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** Counts what is still queued as dropped; for the end of the call. */
    public int discard() {
        Runnable writable;
        int dropped;
        synchronized (lock) {
            closed = true;
            dropped = ring.dropAllFrames(DropReason.CLOSED);
            show(ring);
            writable = writableAgain();
        }
        writable.run();
        return dropped;
    }

    public QueueCounts counts() {
        synchronized (lock) {
            return ring.counts();
        }
    }

    private @Nullable OfferOutcome refusalOf(long itemEpoch) {
        if (closed) {
            return OfferOutcome.CLOSED;
        }
        return itemEpoch == epoch ? null : OfferOutcome.REFUSED_DEAD_EPOCH;
    }

    private Runnable writableAgain() {
        if (!aboveWatermark || ring.depthFrames() > LOW_WATERMARK_FRAMES) {
            return NOBODY;
        }
        aboveWatermark = false;
        return writableListener;
    }
}
