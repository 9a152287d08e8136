package io.steadyline.signal;

/**
 * Who ended a call, and why. Every call ends with exactly one.
 *
 * @param detail one sentence for the log; safe to print
 */
public record CallEnd(Party by, Reason reason, String detail) {

    /** Who made the call end. */
    public enum Party {
        CALLER,
        PEER,
        AGENT,
        OPERATOR,
        GATEWAY
    }

    /** Why; few and stable, usable as a metric label. */
    public enum Reason {
        /** The provider said stop: the caller hung up or the provider's flow went on. */
        HANG_UP,
        /** The agent asked for it. */
        AGENT_HANG_UP,
        /** No agent came, or the one that was there did not come back, within the limit. */
        AGENT_LOST,
        /** An operator asked for it. */
        ADMIN_END,
        /** The gateway drains and the grace is over. */
        DRAIN,
        /** The socket was lost and the call did not come back in time. */
        STREAM_LOST,
        /** No media for longer than the idle limit. */
        IDLE,
        /** The peer did not take what we sent for longer than the stall limit. */
        PEER_STALLED,
        /** An exception of ours inside this call. */
        INTERNAL_ERROR
    }
}
