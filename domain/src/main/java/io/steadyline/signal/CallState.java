package io.steadyline.signal;

/** Where a call stands. Rights are data on the constant; the transitions are in {@code call.CallLifeCycle}. */
public enum CallState {
    /** The stream has started, no caller audio has come yet. Both directions already run. Left with the first frame. */
    CONNECTING(true, true, true),
    /** The call as it should be. */
    ACTIVE(true, true, true),
    /** No new agent audio; what is queued still plays. Left when the queue is empty or the deadline passes. */
    DRAINING(true, false, true),
    /**
     * The stream is gone. Waits for the recogniser's last words, or for the same call to come back where its end allows
     * that. Left when both are settled or the deadline passes.
     */
    LINGERING(false, false, true),
    /** Over; refuses everything. */
    CLOSED(false, false, false);

    private final boolean acceptsRx;
    private final boolean acceptsTx;
    private final boolean live;

    CallState(boolean acceptsRx, boolean acceptsTx, boolean live) {
        this.acceptsRx = acceptsRx;
        this.acceptsTx = acceptsTx;
        this.live = live;
    }

    /** Caller audio is taken. */
    public boolean acceptsRx() {
        return acceptsRx;
    }

    /** New agent audio is taken. */
    public boolean acceptsTx() {
        return acceptsTx;
    }

    public boolean isLive() {
        return live;
    }
}
