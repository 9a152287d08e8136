package io.steadyline.stt.signal;

import java.util.Arrays;

/**
 * Level of what is heard when nobody speaks. Falls fast, rises slowly, and not at all in speech. Since speech has pauses
 * and noise has none, the floor is never below the minimum of the last seconds: so a step in noise is taken for speech
 * only until that minimum has forgotten the time before.
 */
final class NoiseFloor {

    /** The loudest line that a call is believed to start on; above that it is speech. */
    private static final double MAX_FIRST_DBFS = -38;

    private static final double FALL_SHARE = 0.15;
    private static final double RISE_DB_PER_SECOND = 3;

    /** Five times half a second: longer than speech goes on without a dip between words. */
    private static final int SPAN_MS = 500;

    private static final int SPANS = 5;

    private final int spanFrames;
    private final double riseDb;
    private final double[] minima = new double[SPANS];
    private double minimum = Double.POSITIVE_INFINITY;
    private int frames;
    private int span;
    private double levelDbfs = Double.NaN;

    NoiseFloor(int ptimeMs) {
        this.spanFrames = Math.max(1, SPAN_MS / ptimeMs);
        this.riseDb = RISE_DB_PER_SECOND * ptimeMs / 1000;
        Arrays.fill(minima, Double.POSITIVE_INFINITY);
    }

    /** How far this frame is above the floor; the first frame sets it. */
    double snrDb(double frameDbfs) {
        if (Double.isNaN(levelDbfs)) {
            levelDbfs = Math.min(frameDbfs, MAX_FIRST_DBFS);
        }
        return frameDbfs - levelDbfs;
    }

    void onFrame(double frameDbfs, boolean voiced) {
        if (frameDbfs < levelDbfs) {
            levelDbfs += FALL_SHARE * (frameDbfs - levelDbfs);
        } else if (!voiced) {
            levelDbfs += Math.min(riseDb, frameDbfs - levelDbfs);
        }
        minimum = Math.min(minimum, frameDbfs);
        if (++frames == spanFrames) {
            endSpan();
        }
    }

    private void endSpan() {
        minima[span] = minimum;
        span = (span + 1) % SPANS;
        minimum = Double.POSITIVE_INFINITY;
        frames = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (double each : minima) {
            lowest = Math.min(lowest, each);
        }
        levelDbfs = Math.max(levelDbfs, lowest);
    }
}
