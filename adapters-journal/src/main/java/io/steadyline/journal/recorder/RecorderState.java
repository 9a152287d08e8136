package io.steadyline.journal.recorder;

/** How far the process had come; the last one that it noted tells its successor whether it ended in order. */
public enum RecorderState {
    /** Takes no calls yet. */
    STARTING(1),
    SERVING(2),
    /** Takes no new calls. */
    DRAINING(3),
    /** Ended in order: noted as its very last act. */
    CLEAN(4),
    /** Stepped aside for a successor, which goes on with its calls. */
    HANDED_OVER(5),
    /** The record of it was damaged. Never noted, only read. */
    UNKNOWN(0);

    private final int code;

    RecorderState(int code) {
        this.code = code;
    }

    /** In the file; part of its layout. */
    int code() {
        return code;
    }

    static RecorderState of(long code) {
        for (RecorderState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
