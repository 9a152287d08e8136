package io.steadyline.stt.vendor;

/** What a failure asks for; the same for all vendors. */
public enum FailureKind {
    /** The key is wrong or may not do this. Nobody's call will do better until somebody mends it. */
    AUTH(false, true),
    /** The request is wrong: an option, a model, a language. */
    CONFIG(false, false),
    /** Nothing is left of what was paid for. */
    QUOTA(false, true),
    /** Too many at once; another vendor now, this one later. */
    RATE_LIMIT(false, true),
    /** The vendor cannot read our audio: our mistake. */
    AUDIO(false, false),
    /** The connection lived as long as the vendor lets it: not a failure, a new one goes on. */
    EXPIRED(true, false),
    /** Closed for want of audio; a new one goes on. */
    IDLE(true, false),
    /** Network, overload, restart of the vendor. */
    TRANSIENT(true, false),
    /** Open, but it takes nothing or says nothing. */
    STUCK(true, false),
    /** We closed it ourselves. */
    LOCAL(false, false);

    private final boolean worthRetry;
    private final boolean concernsAllCalls;

    FailureKind(boolean worthRetry, boolean concernsAllCalls) {
        this.worthRetry = worthRetry;
        this.concernsAllCalls = concernsAllCalls;
    }

    /** The same vendor may take the next connection of the same call. */
    public boolean isWorthRetry() {
        return worthRetry;
    }

    /** One is enough to keep other calls away for a while. */
    public boolean concernsAllCalls() {
        return concernsAllCalls;
    }
}
