package io.steadyline.queue;

/** The truthful answer to an offer. */
public enum OfferOutcome {
    /** It is in, and nothing was lost for it. */
    ACCEPTED(true),
    /** It is in; the oldest frame was dropped and counted for it. */
    ACCEPTED_DROPPING_OLDEST(true),
    /** It is not in: no room, or the taker holds. Offer it again. */
    REFUSED_FULL(false),
    /** It is not in: a clear has ended the playback that it belongs to. Do not offer it again. */
    REFUSED_DEAD_EPOCH(false),
    /** It is not in and never will be. */
    CLOSED(false);

    private final boolean accepted;

    OfferOutcome(boolean accepted) {
        this.accepted = accepted;
    }

    public boolean isAccepted() {
        return accepted;
    }
}
