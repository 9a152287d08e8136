package io.steadyline.websocket.server;

/**
 * When many messages come, the loop looks for new ones a millisecond apart, so that each round serves many calls: the code of
 * a step is in the processor's cache for all of them, and the loop and its peers are woken once instead of for each message. A
 * loop that is behind does not pause, and fewer than four messages within a millisecond are served as they come (ADR 0024).
 * Time is an argument. Owned by the media loop.
 */
final class TurnSpacing {

    /**
     * The grain of the calls' deadlines, on which rounds begin; no pause is longer. From one beginning to the next it may be nearly
     * two: when a round began off the grain.
     */
    static final long SPACING_NS = 1_000_000;
    /** So many messages within a spacing are worth a pause: 80 calls on average, each with a message every 20 ms. */
    static final int MANY = 4;
    /** To go to sleep and be woken again costs about as much. */
    static final long MIN_PAUSE_NS = 20_000;

    private int messages;
    private long begunNs;

    /** @param nowNs the first round begins, on the monotonic clock */
    TurnSpacing(long nowNs) {
        begunNs = nowNs;
    }

    /** A message was handled. */
    void onMessage() {
        messages++;
    }

    /** Whether they are so many that a {@link #pauseNs pause} is to follow the round. */
    boolean isMany() {
        return messages >= MANY;
    }

    /**
     * What is left until the next round should begin: when deadlines fall due, so that each is met as late as the one before
     * it, and the distance of two is exact. 0 when it may begin at once: this one has taken its time, or more.
     *
     * @param deadlineNs any deadline, past or to come; all are whole spacings apart
     */
    long pauseNs(long nowNs, long deadlineNs) {
        if (nowNs - begunNs > SPACING_NS - MIN_PAUSE_NS) {
            return 0;
        }
        long leftNs = SPACING_NS - Math.floorMod(nowNs - deadlineNs, SPACING_NS);
        return leftNs < MIN_PAUSE_NS ? 0 : leftNs;
    }

    /** The next round begins. */
    void begin(long nowNs) {
        begunNs = nowNs;
        messages = 0;
    }
}
