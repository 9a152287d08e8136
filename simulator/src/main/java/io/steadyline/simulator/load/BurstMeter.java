package io.steadyline.simulator.load;

/**
 * How long one call has more frames under way after a burst than it had before the first one. An echo can be played in real time only,
 * so that the frames of a burst are away at the earliest when the stall before the next one has lasted as long. Pure, one owner.
 */
final class BurstMeter {

    /** There is nothing to tell. */
    static final long NONE = -1;

    /** More than before by these is not a lag yet: a frame just sent, a frame just under way. */
    private static final int TOLERANCE = 2;

    /** Under way in any healthy echo: two paced queues, a lead, the way there and back. A call may begin within a stall. */
    private static final int USUAL_AT_LEAST = 5;

    private enum Phase {
        BEFORE,
        BURSTING,
        WATCHING,
        IDLE
    }

    private Phase phase = Phase.BEFORE;
    private int usual = USUAL_AT_LEAST;
    private long burstNs;
    private int bursts;
    private int gone;

    /** A frame leaves; {@code isHeld} when it comes out of a stall that ended at {@code releaseNs}. */
    void onSent(boolean isHeld, long releaseNs) {
        if (isHeld && phase != Phase.BURSTING) {
            phase = Phase.BURSTING;
            burstNs = releaseNs;
            bursts++;
        } else if (!isHeld && phase == Phase.BURSTING) {
            phase = Phase.WATCHING;
        }
    }

    /** A frame is back; the time since the burst when its lag is gone now, otherwise {@link #NONE}. */
    long onReturned(int underWay, long nowNs) {
        if (phase == Phase.BEFORE) {
            usual = Math.max(usual, underWay);
        }
        if (phase != Phase.WATCHING || underWay > usual + TOLERANCE) {
            return NONE;
        }
        phase = Phase.IDLE;
        gone++;
        return nowNs - burstNs;
    }

    int bursts() {
        return bursts;
    }

    /** Bursts whose lag was there still when the next one came. */
    int notGone() {
        return bursts - gone - (isOpen() ? 1 : 0);
    }

    /** The latest burst is not over: when the call ends here, nothing is known of its lag. */
    boolean isOpen() {
        return phase == Phase.BURSTING || phase == Phase.WATCHING;
    }
}
