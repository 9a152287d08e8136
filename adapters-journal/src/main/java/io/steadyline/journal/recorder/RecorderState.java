package io.steadyline.journal.recorder;

/** How far the process had come; the last one that it noted tells its successor whether it ended in order. */
public enum RecorderState {
    /** Takes no calls yet. */
    STARTING,
    SERVING,
    /** Takes no new calls. */
    DRAINING,
    /** Ended in order: noted as its very last act. */
    CLEAN,
    /** Stepped aside for a successor, which goes on with its calls. */
    HANDED_OVER,
    /** The record of it was damaged. Never noted, only read. */
    UNKNOWN
}
