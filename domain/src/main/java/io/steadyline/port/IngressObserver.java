package io.steadyline.port;

import io.steadyline.signal.BadInput;

/** Hears of what the ingress turned away, with or without a call. Told by the media loop: returns at once. */
public interface IngressObserver {

    /** Why a peer was turned away. */
    enum Refusal {
        /** No secret is configured, and the peer is not on this machine. */
        NOT_LOCAL,
        BAD_SIGNATURE,
        /** The stream's one-time token was not given for this call, is too old or was used before, or is missing. */
        BAD_TOKEN,
        /** Full, too fast, or draining. */
        CALL_LIMIT,
        /** The media loop carries no more. */
        OVERLOAD,
        /** The socket never started its stream. */
        NO_START,
        /** Too much of what it sent could not be used. */
        BAD_INPUT
    }

    void onSocketRefused(Refusal refusal);

    void onBadInput(BadInput reason);

    /**
     * Ten times a second while there are calls: how late the media loop is when single late turns are left out, and what share
     * of its time it is busy, both of the last two seconds.
     */
    default void onLoopLoad(long latenessNs, double busyShare) {}
}
