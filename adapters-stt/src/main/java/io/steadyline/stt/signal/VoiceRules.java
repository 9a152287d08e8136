package io.steadyline.stt.signal;

/**
 * What counts as voice.
 *
 * @param snrDb level above the noise floor from which a frame is voiced
 * @param keepSnrDb the same for a frame after a voiced one, and for one that crosses zero as rarely as a vowel does
 * @param minLevelDbfs nothing below this is voice, however quiet the line is
 */
public record VoiceRules(double snrDb, double keepSnrDb, double minLevelDbfs) {

    public static final VoiceRules DEFAULT = new VoiceRules(9, 6, -52);

    public VoiceRules {
        check("snrDb", snrDb, 3, 40);
        check("keepSnrDb", keepSnrDb, 1, snrDb);
        check("minLevelDbfs", minLevelDbfs, -90, -10);
    }

    private static void check(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
