package io.steadyline.stt.signal;

/**
 * The key in hand: its blocks in a row. Where it begins or ends inside a block, that block's strength against the
 * strongest one says how much of it belongs to the key.
 */
final class KeyRun {

    private static final int HITS_TO_START = 2;
    private static final int MISSES_TO_END = 3;
    private static final int MIN_BLOCKS_PER_OUT_OF_TUNE = 4;

    private final double blockMs;
    private char key = DtmfBlock.NONE;
    private int hits;
    private int misses;
    private int outOfTune;
    private double firstHitMs;
    private double beforeAmplitude;
    private double firstAmplitude;
    private double sumOfAmplitudes;
    private double maxAmplitude;

    KeyRun(double blockMs) {
        this.blockMs = blockMs;
    }

    /** The key, or none. */
    char key() {
        return key;
    }

    /** Enough blocks in a row, and all in tune but a few: a dropout breaks the phase, a voice never keeps it. */
    boolean isSteady() {
        return hits >= HITS_TO_START && outOfTune * MIN_BLOCKS_PER_OUT_OF_TUNE <= hits;
    }

    void begin(char newKey, double blockStartMs, double amplitudeBefore, double amplitude) {
        key = newKey;
        hits = 1;
        misses = 0;
        outOfTune = 0;
        firstHitMs = blockStartMs;
        beforeAmplitude = amplitudeBefore;
        firstAmplitude = amplitude;
        sumOfAmplitudes = amplitudeBefore + amplitude;
        maxAmplitude = Math.max(amplitudeBefore, amplitude);
    }

    void hit(double amplitude, boolean inTune) {
        hits++;
        outOfTune += inTune ? 0 : 1;
        misses = 0;
        add(amplitude);
    }

    /** True when this miss ends the run. */
    boolean miss(double amplitude) {
        misses++;
        if (misses < MISSES_TO_END) {
            add(amplitude);
        }
        return misses == MISSES_TO_END || hits < HITS_TO_START;
    }

    void forget() {
        key = DtmfBlock.NONE;
        hits = 0;
    }

    double offsetMs() {
        return firstHitMs + blockMs * (1 - (beforeAmplitude + firstAmplitude) / maxAmplitude);
    }

    double durationMs() {
        return blockMs * sumOfAmplitudes / maxAmplitude;
    }

    private void add(double amplitude) {
        sumOfAmplitudes += amplitude;
        maxAmplitude = Math.max(maxAmplitude, amplitude);
    }
}
