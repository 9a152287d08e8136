package io.steadyline.stt.signal;

/** Levels: 0 dBFS is the mean square of a full-scale square wave, so a full-scale sine has -3 dBFS. */
public final class Decibels {

    private static final double FULL_SCALE = 32768.0 * 32768.0;
    private static final double SILENCE_DBFS = -100;

    private Decibels() {}

    /** Level of a mean square of samples; not below -100. */
    public static double ofMeanSquare(double meanSquare) {
        return Math.max(SILENCE_DBFS, 10 * Math.log10(meanSquare / FULL_SCALE + 1e-12));
    }

    public static double toMeanSquare(double levelDbfs) {
        return ratio(levelDbfs) * FULL_SCALE;
    }

    /** Power ratio of a difference in dB. */
    public static double ratio(double db) {
        return Math.pow(10, db / 10);
    }
}
