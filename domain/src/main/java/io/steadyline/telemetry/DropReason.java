package io.steadyline.telemetry;

/** Why a frame was dropped. Every dropped frame has a queue and one of these. */
public enum DropReason {
    /** The queue was full; the oldest audio went. */
    OVERFLOW,
    /** A clear: the audio was still queued. */
    CLEARED,
    /** The queue's end came with audio still in it. */
    CLOSED
}
