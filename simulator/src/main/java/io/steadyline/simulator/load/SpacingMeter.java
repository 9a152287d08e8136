package io.steadyline.simulator.load;

/**
 * How far the spacing of one call's returned frames is from 20 ms. Frames that a server sends ahead at the beginning, so as to have a
 * lead over the play-out, are no error: the first spacing of 10 ms or more ends the lead. Pure, one owner.
 */
final class SpacingMeter {

    static final long PTIME_NS = 20_000_000;

    /** There is nothing to measure. */
    static final long NONE = -1;

    private boolean isFirst = true;
    private boolean isLeading = true;
    private long lastNs;

    /** The error of the spacing that ends now, or {@link #NONE}. */
    long onFrame(long nowNs) {
        long spacingNs = nowNs - lastNs;
        lastNs = nowNs;
        if (isFirst) {
            isFirst = false;
            return NONE;
        }
        if (isLeading && spacingNs < PTIME_NS / 2) {
            return NONE;
        }
        isLeading = false;
        return Math.abs(spacingNs - PTIME_NS);
    }
}
