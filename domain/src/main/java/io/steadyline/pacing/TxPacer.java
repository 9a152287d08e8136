package io.steadyline.pacing;

/**
 * Decides when a frame of the agent goes to the peer. Keeps the peer's play-out clock: the first frame of a playback is
 * heard when it is sent, each further one a ptime later, and each may be sent a lead before it is due. Absolute
 * deadlines; only a stall of a whole ptime or more starts the clock anew, and the lead is then rebuilt by a bounded
 * catch-up.
 */
public final class TxPacer {

    /** What to do now. */
    public enum Decision {
        SEND,
        /** Not due yet, or nothing plays. */
        WAIT,
        /** The source ran dry in the middle of a playback; said once. */
        UNDERRUN
    }

    private static final long RESUME_GRACE_NS = 1_000_000_000;

    private final long ptimeNs;
    private final long leadNs;
    private boolean playing;
    private boolean clockRuns;
    private long clockStartNs;
    private long playoutNs;
    /** How far behind its clock the playback may be without a new start of it; 0 but for a playback that goes on. */
    private long allowedLagNs;

    private long resumedNs;

    public TxPacer(TxPacing rules) {
        this.ptimeNs = rules.ptime().ns();
        this.leadNs = rules.lead().toNanos();
    }

    /** @param hasFrame a frame is ready to go */
    public Decision decide(long nowNs, boolean hasFrame) {
        if (hasFrame) {
            return waitNs(nowNs) <= 0 ? Decision.SEND : Decision.WAIT;
        }
        if (!playing || nowNs - playoutNs < ptimeNs || isWaitingForItsSource(nowNs)) {
            return Decision.WAIT;
        }
        playing = false;
        return Decision.UNDERRUN;
    }

    /** The frame that {@link #decide} let go is on its way. Returns how late it was, in ns; 0 when in time. */
    public long onSent(long nowNs) {
        if (isSilentAt(nowNs)) {
            startClock(nowNs);
        }
        long latenessNs = Math.max(0, nowNs - nextDeadlineNs());
        if (nowNs - playoutNs >= ptimeNs + allowedLagNs) {
            startClock(nowNs);
        }
        playing = true;
        // Schedule from the previous deadline, not from now: otherwise every late wake-up shifts the whole call.
        playoutNs += ptimeNs;
        if (nowNs - playoutNs < ptimeNs) {
            allowedLagNs = 0;
        }
        return latenessNs;
    }

    /**
     * Goes on with the playback of a worker before this one. Its clock went on meanwhile: what was due is sent as soon as it
     * is there, so that the lag of the break does not stay in our queue for the rest of the playback.
     *
     * @param nextPlayoutNs when the next frame was due
     * @param maxLagNs a playback that is later than that starts anew
     */
    public void resume(long nextPlayoutNs, long maxLagNs, long nowNs) {
        startClock(nextPlayoutNs);
        playing = true;
        resumedNs = nowNs;
        allowedLagNs = Math.clamp(nowNs - nextPlayoutNs, 0, maxLagNs);
    }

    /** When the next frame is due to be heard; 0 when nothing plays. */
    public long nextPlayoutNs() {
        return playing ? playoutNs : 0;
    }

    /** The playback is complete; what was sent is still being heard. */
    public void onPlaybackEnd() {
        playing = false;
    }

    /** The peer forgets what it has not played: its clock stands still until the next frame. */
    public void onClear() {
        allowedLagNs = 0;
        playing = false;
        clockRuns = false;
    }

    /** Between the first frame of a playback and its end. */
    public boolean isPlaying() {
        return playing;
    }

    /** The peer still has something of ours to play. */
    public boolean isAudibleAt(long nowNs) {
        return clockRuns && playoutNs - nowNs > 0;
    }

    /** In how long the next frame may go; 0 or less: now. */
    public long waitNs(long nowNs) {
        return isSilentAt(nowNs) ? 0 : nextDeadlineNs() - nowNs;
    }

    private long nextDeadlineNs() {
        long withLeadNs = playoutNs - leadNs;
        return withLeadNs - clockStartNs >= 0 ? withLeadNs : clockStartNs;
    }

    /** When the running playback counts as dry, if nothing is sent before. */
    public long underrunNs() {
        long dryNs = playoutNs + ptimeNs;
        return allowedLagNs > 0 && resumedNs + RESUME_GRACE_NS - dryNs > 0 ? resumedNs + RESUME_GRACE_NS : dryNs;
    }

    /** The source of a playback that goes on needs a moment to be there again. */
    private boolean isWaitingForItsSource(long nowNs) {
        return allowedLagNs > 0 && nowNs - resumedNs < RESUME_GRACE_NS;
    }

    private boolean isSilentAt(long nowNs) {
        return !playing && !isAudibleAt(nowNs);
    }

    private void startClock(long nowNs) {
        clockRuns = true;
        playoutNs = nowNs;
        clockStartNs = nowNs;
    }
}
