package io.steadyline.pacing;

import io.steadyline.telemetry.RxMode;

/**
 * Decides when a frame of the caller goes on towards the recogniser: one a ptime in NORMAL, as fast as it is taken in
 * DRAIN (R8). Absolute deadlines; a deadline advances by a written frame and by nothing else (R10).
 */
public final class RxPacer {

    /** What to do with the next frame now. */
    public enum Decision {
        RELEASE,
        WAIT
    }

    private final RxPacing rules;
    private final long ptimeNs;
    private RxMode mode = RxMode.NORMAL;
    private boolean scheduled;
    private long nextDeadlineNs;
    private boolean lagging;
    private long lagSinceNs;
    private int leaveFrames;

    public RxPacer(RxPacing rules) {
        this.rules = rules;
        this.ptimeNs = rules.ptime().ns();
    }

    /** @param depthFrames frames that wait, the pending one included */
    public Decision decide(long nowNs, int depthFrames) {
        mode = modeAt(nowNs, depthFrames);
        if (depthFrames == 0) {
            return Decision.WAIT;
        }
        return mode == RxMode.DRAIN || !scheduled || nextDeadlineNs - nowNs <= 0 ? Decision.RELEASE : Decision.WAIT;
    }

    /** The frame that {@link #decide} released was accepted downstream. */
    public void onWritten(long nowNs) {
        boolean onSchedule = scheduled && mode == RxMode.NORMAL && nowNs - nextDeadlineNs < ptimeNs;
        // A whole ptime late, or draining: start a new schedule from now instead of bursting to keep the old one.
        nextDeadlineNs = (onSchedule ? nextDeadlineNs : nowNs) + ptimeNs;
        scheduled = true;
    }

    public RxMode mode() {
        return mode;
    }

    /** When {@link #decide} is worth asking again, if a frame is there. */
    public long nextDeadlineNs() {
        return nextDeadlineNs;
    }

    public RxPacing rules() {
        return rules;
    }

    private RxMode modeAt(long nowNs, int depthFrames) {
        if (mode == RxMode.DRAIN && depthFrames > leaveFrames) {
            return RxMode.DRAIN;
        }
        boolean lagBegins = mode == RxMode.DRAIN || !lagging;
        lagging = depthFrames >= rules.lagEnterFrames();
        if (lagging && lagBegins) {
            lagSinceNs = nowNs;
        }
        if (depthFrames >= rules.drainEnterFrames()) {
            leaveFrames = rules.drainLeaveFrames();
            return RxMode.DRAIN;
        }
        if (lagging && nowNs - lagSinceNs >= rules.lagLimit().toNanos()) {
            leaveFrames = rules.lagLeaveFrames();
            return RxMode.DRAIN;
        }
        return RxMode.NORMAL;
    }
}
