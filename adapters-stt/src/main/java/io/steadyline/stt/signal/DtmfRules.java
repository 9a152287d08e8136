package io.steadyline.stt.signal;

/**
 * What counts as a key; after ITU-T Q.24 (AT&T's column), with the shares tuned on speech.
 *
 * @param minToneDbfs least level of each of the two tones; a full-scale sine has -3 dBFS
 * @param minTwistDb column against row tone: Q.24 has the column up to 8 dB weaker, and a short block errs by up to 1 dB
 * @param maxTwistDb and up to 4 dB stronger
 * @param minShare least share of the two tones in a block's energy; speech has more besides
 * @param minDigitMs least duration; Q.24: 40 ms must be heard, 23 ms must not, so between them with room for error
 */
public record DtmfRules(double minToneDbfs, double minTwistDb, double maxTwistDb, double minShare, int minDigitMs) {

    public static final DtmfRules DEFAULT = new DtmfRules(-36, -9, 5, 0.75, 35);

    public DtmfRules {
        check("minToneDbfs", minToneDbfs, -60, -10);
        check("minTwistDb", minTwistDb, -20, 0);
        check("maxTwistDb", maxTwistDb, 0, 20);
        check("minShare", minShare, 0.3, 0.95);
        check("minDigitMs", minDigitMs, 30, 500);
    }

    private static void check(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
