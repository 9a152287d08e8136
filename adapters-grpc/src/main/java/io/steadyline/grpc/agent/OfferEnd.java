package io.steadyline.grpc.agent;

/** What became of an offer. */
enum OfferEnd {
    /** The call's stream was opened. */
    ACCEPTED("took it"),
    DECLINED("declined"),
    /** Neither yes nor no in time. */
    NO_ANSWER("did not answer"),
    /** Accepted, and the call's stream did not come, or began with something wrong. */
    NOT_OPENED("accepted and did not open"),
    /** The bot went away, or did not read, while it was asked. */
    GONE("went away"),
    /** Another bot was faster, or nobody is wanted any more. */
    WITHDRAWN("was not needed");

    private final String words;

    OfferEnd(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The bot let us wait for nothing. */
    boolean costTime() {
        return this == NO_ANSWER || this == NOT_OPENED;
    }
}
