package io.steadyline.telemetry;

/**
 * One queue at one moment. {@code in = out + dropped + depth}, always; counts never reset and are frames of audio.
 *
 * @param refused offers that were answered with a refusal; not part of {@code in}
 * @param controlDepth control items that wait, beside the {@code depth} frames
 */
public record QueueCounts(
        QueueName queue,
        long in,
        long out,
        long droppedOverflow,
        long droppedCleared,
        long droppedClosed,
        long refused,
        int depth,
        int maxDepth,
        int controlDepth) {

    public long dropped() {
        return droppedOverflow + droppedCleared + droppedClosed;
    }

    public long dropped(DropReason reason) {
        return switch (reason) {
            case OVERFLOW -> droppedOverflow;
            case CLEARED -> droppedCleared;
            case CLOSED -> droppedClosed;
        };
    }

    public boolean isBalanced() {
        return in == out + dropped() + depth;
    }
}
