package io.steadyline.testkit;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a media queue must do, written for the eye and not for speed: a list, and every figure that can be counted from
 * it is counted anew. Policies (when to drop, when to refuse) belong to the test that uses it.
 */
public final class NaiveQueue {

    private final QueueName name;
    private final int capacityFrames;
    private final int controlLimit;
    private final List<MediaItem> items = new ArrayList<>();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private long in;
    private long out;
    private long refused;
    private int maxDepth;

    public NaiveQueue(QueueName name, int capacityFrames, int controlLimit) {
        this.name = name;
        this.capacityFrames = capacityFrames;
        this.controlLimit = controlLimit;
    }

    public boolean isFullOfFrames() {
        return depthFrames() == capacityFrames;
    }

    public boolean isFullOfControls() {
        return controlDepth() == controlLimit;
    }

    public void add(AudioFrame frame) {
        items.add(frame);
        in++;
        maxDepth = Math.max(maxDepth, depthFrames());
    }

    public void add(ControlItem control) {
        items.add(control);
    }

    public void refuse() {
        refused++;
    }

    public void dropOldest() {
        for (MediaItem item : items) {
            if (item instanceof AudioFrame) {
                items.remove(item);
                dropped.merge(DropReason.OVERFLOW, 1L, Long::sum);
                return;
            }
        }
        throw new AssertionError("the model has no frame to drop");
    }

    public int dropAll(DropReason reason) {
        int frames = depthFrames();
        items.removeIf(item -> item instanceof AudioFrame);
        dropped.merge(reason, (long) frames, Long::sum);
        return frames;
    }

    public @Nullable MediaItem peek() {
        return items.isEmpty() ? null : items.getFirst();
    }

    public @Nullable MediaItem poll() {
        if (items.isEmpty()) {
            return null;
        }
        MediaItem item = items.removeFirst();
        if (item instanceof AudioFrame) {
            out++;
        }
        return item;
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public int depthFrames() {
        int frames = 0;
        for (MediaItem item : items) {
            if (item instanceof AudioFrame) {
                frames++;
            }
        }
        return frames;
    }

    public int controlDepth() {
        return items.size() - depthFrames();
    }

    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    public QueueCounts counts() {
        return new QueueCounts(
                name,
                in,
                out,
                dropped(DropReason.OVERFLOW),
                dropped(DropReason.CLEARED),
                dropped(DropReason.CLOSED),
                refused,
                depthFrames(),
                maxDepth,
                controlDepth());
    }
}
