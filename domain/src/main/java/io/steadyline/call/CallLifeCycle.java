package io.steadyline.call;

import io.steadyline.signal.CallState;

/** The one transition function of a call's life. Pure. */
final class CallLifeCycle {

    /** What can happen to a call as a whole. */
    enum LifeEvent {
        /** The first frame of the caller came in. */
        FIRST_FRAME,
        /** Agent or operator wants the call to end once everything queued has been played. */
        FINISH_REQUESTED,
        /** Everything queued was played, or the limit for that is over. */
        PLAYED_OUT,
        /** The stream is gone, with a goodbye or without. */
        STREAM_ENDED,
        /** The same call is back on a new stream. */
        STREAM_RESUMED,
        /** Recogniser and peer are both done with, or their time is over. */
        SETTLED,
        /** Nothing is waited for: an error of ours, an idle or stalled peer, the end of the process. */
        ABORTED
    }

    private CallLifeCycle() {}

    /** The state after {@code event}; the same state when the event means nothing there. */
    static CallState next(CallState state, LifeEvent event) {
        return switch (state) {
            case CONNECTING ->
                switch (event) {
                    case FIRST_FRAME -> CallState.ACTIVE;
                    case FINISH_REQUESTED -> CallState.DRAINING;
                    case STREAM_ENDED -> CallState.LINGERING;
                    case ABORTED -> CallState.CLOSED;
                    case PLAYED_OUT, STREAM_RESUMED, SETTLED -> state;
                };
            case ACTIVE ->
                switch (event) {
                    case FINISH_REQUESTED -> CallState.DRAINING;
                    case STREAM_ENDED -> CallState.LINGERING;
                    case ABORTED -> CallState.CLOSED;
                    case FIRST_FRAME, PLAYED_OUT, STREAM_RESUMED, SETTLED -> state;
                };
            case DRAINING ->
                switch (event) {
                    case PLAYED_OUT, STREAM_ENDED -> CallState.LINGERING;
                    case ABORTED -> CallState.CLOSED;
                    case FIRST_FRAME, FINISH_REQUESTED, STREAM_RESUMED, SETTLED -> state;
                };
            case LINGERING ->
                switch (event) {
                    case STREAM_RESUMED -> CallState.ACTIVE;
                    case SETTLED, ABORTED -> CallState.CLOSED;
                    case FIRST_FRAME, FINISH_REQUESTED, PLAYED_OUT, STREAM_ENDED -> state;
                };
            case CLOSED -> state;
        };
    }
}
