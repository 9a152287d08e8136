package io.steadyline.simulator;

/** Something notable in a call, {@code atMs} after dialling began. */
public record CallEvent(long atMs, Kind kind, String detail) {

    /** What happened. */
    public enum Kind {
        CONNECTED,
        START_SENT,
        FIRST_MEDIA,
        PLAYBACK_STARTED,
        STARVED,
        MARK_RECEIVED,
        MARK_RETURNED,
        CLEAR_RECEIVED,
        DIGIT_SENT,
        PING_RECEIVED,
        MALFORMED,
        MEDIA_DISCARDED,
        /** A {@link Freeze} began. */
        FROZEN,
        THAWED,
        /** The drain began: no frame carries a number any more. */
        DRAINING,
        SERVER_DID_NOT_HANG_UP,
        STOP_SENT,
        CLOSE_SENT,
        CLOSE_RECEIVED,
        ENDED
    }
}
