package io.steadyline.stt.runtime;

import java.time.Duration;

/**
 * How long speech may stay without an answer before a vendor counts as stuck. The ears take some noises for speech: so the time
 * doubles with each alarm, and is short again only when another connection found words in the same audio. Used by the session's
 * thread.
 */
final class Patience {

    private static final int MAX = 16;

    private final long resultTimeoutNs;
    private int factor = 1;
    private long finalsAtAlarm;
    private long alarmedUntilMs;

    Patience(Duration resultTimeout) {
        this.resultTimeoutNs = resultTimeout.toNanos();
    }

    /** Without any message. */
    long muteNs() {
        return factor * resultTimeoutNs;
    }

    /** With signs of life; for their sake twice as long. */
    long wordlessNs() {
        return 2 * muteNs();
    }

    /**
     * A connection is given up for its silence.
     *
     * @param finals of the session so far
     * @param sentUntilMs what was sent on it ends here, in ms of the call
     */
    void onAlarm(long finals, long sentUntilMs) {
        factor = Math.min(MAX, factor * 2);
        finalsAtAlarm = finals;
        alarmedUntilMs = sentUntilMs;
    }

    /**
     * Words became final.
     *
     * @param finals of the session so far
     * @param startMs where the latest of them begins
     */
    void onFinals(long finals, long startMs) {
        if (finals > finalsAtAlarm && startMs < alarmedUntilMs) {
            factor = 1;
            alarmedUntilMs = 0;
        }
    }
}
