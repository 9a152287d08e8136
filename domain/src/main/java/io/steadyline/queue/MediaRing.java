package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Frames and control items in order of arrival, with the counters that every queue must have. What happens when it is
 * full is the owner's policy: the ring only offers the moves. Not thread-safe.
 *
 * <p>Begins with room for 8 items and doubles it while more wait, up to its bound. A queue that keeps up never has more
 * than a few, and four of them for each call, with all their room from the start, were nearly half of a call's heap.
 */
final class MediaRing {

    /** A power of two. */
    private static final int FIRST_ROOM = 8;

    private final QueueName name;
    private final int capacityFrames;
    private final int controlLimit;
    /** Its length is a power of two. */
    private @Nullable MediaItem[] slots = new @Nullable MediaItem[FIRST_ROOM];

    private int mask = FIRST_ROOM - 1;
    private int head;
    private int size;

    private int depthFrames;
    private int maxDepthFrames;
    private long in;
    private long out;
    private long droppedOverflow;
    private long droppedCleared;
    private long droppedClosed;
    private long refused;

    MediaRing(QueueName name, int capacityFrames, int controlLimit) {
        if (capacityFrames < 1) {
            throw new IllegalArgumentException(name + " capacityFrames: " + capacityFrames + " (expected: 1 or more)");
        }
        this.name = name;
        this.capacityFrames = capacityFrames;
        this.controlLimit = controlLimit;
    }

    boolean hasRoomForFrame() {
        return depthFrames < capacityFrames;
    }

    boolean hasRoomForControl() {
        return size - depthFrames < controlLimit;
    }

    /** The caller has made sure of room. */
    void add(AudioFrame frame) {
        append(frame);
        in++;
        depthFrames++;
        maxDepthFrames = Math.max(maxDepthFrames, depthFrames);
    }

    /** The caller has made sure of room. */
    void add(ControlItem control) {
        append(control);
    }

    /** The oldest frame goes to make room; control items before it keep their places. */
    void dropOldestFrame() {
        for (int i = 0; i < size; i++) {
            if (at(i) instanceof AudioFrame) {
                closeGapAt(i);
                depthFrames--;
                droppedOverflow++;
                return;
            }
        }
        throw new IllegalStateException(name + " depthFrames: " + depthFrames + " (expected: a frame to drop)");
    }

    /** All frames go, control items stay in their order. Returns how many frames went. */
    int dropAllFrames(DropReason reason) {
        int dropped = depthFrames;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            MediaItem item = at(i);
            slots[(head + i) & mask] = null;
            if (item instanceof ControlItem) {
                slots[(head + kept++) & mask] = item;
            }
        }
        size = kept;
        depthFrames = 0;
        switch (reason) {
            case OVERFLOW -> droppedOverflow += dropped;
            case CLEARED -> droppedCleared += dropped;
            case CLOSED -> droppedClosed += dropped;
        }
        return dropped;
    }

    @Nullable
    MediaItem peek() {
        return slots[head];
    }

    @Nullable
    MediaItem poll() {
        MediaItem item = slots[head];
        if (item == null) {
            return null;
        }
        slots[head] = null;
        size--;
        // A queue that keeps up stays at one place in memory instead of going through all of its slots, always cold
        // ones.
        head = size == 0 ? 0 : (head + 1) & mask;
        if (item instanceof AudioFrame) {
            depthFrames--;
            out++;
        }
        return item;
    }

    void countRefusal() {
        refused++;
    }

    int depthFrames() {
        return depthFrames;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Frames and control items. */
    int size() {
        return size;
    }

    QueueCounts counts() {
        return new QueueCounts(
                name,
                in,
                out,
                droppedOverflow,
                droppedCleared,
                droppedClosed,
                refused,
                depthFrames,
                maxDepthFrames,
                size - depthFrames);
    }

    long droppedOverflow() {
        return droppedOverflow;
    }

    private void append(MediaItem item) {
        if (size == slots.length) {
            grow();
        }
        slots[(head + size++) & mask] = item;
    }

    private @Nullable MediaItem at(int index) {
        return slots[(head + index) & mask];
    }

    /** Moves what stands before the gap one place back; a gap is at or near the head, so this is short. */
    private void closeGapAt(int index) {
        for (int i = index; i > 0; i--) {
            slots[(head + i) & mask] = at(i - 1);
        }
        slots[head] = null;
        head = (head + 1) & mask;
        size--;
    }

    private void grow() {
        @Nullable MediaItem[] roomier = new @Nullable MediaItem[2 * slots.length];
        for (int i = 0; i < size; i++) {
            roomier[i] = at(i);
        }
        slots = roomier;
        mask = roomier.length - 1;
        head = 0;
    }
}
