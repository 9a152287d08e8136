package io.steadyline.stt.signal;

import io.steadyline.media.AudioFormat;
import io.steadyline.turn.FrameVoice;

/**
 * Tells frames with speech from frames without, by their level above a noise floor that it learns. It looks at the whole
 * band and at its lowest part: vowels are strong below 800 Hz, where hiss has little.
 */
public final class VoiceActivity {

    /** Vowels cross zero in fewer than a fifth of the samples at 8 kHz; fricatives and white noise in a third or more. */
    private static final double VOWEL_CROSSINGS_PER_SECOND = 1_600;

    private static final double LOW_BAND_HZ = 800;

    private final VoiceRules rules;
    private final float silencePeak;
    private final int vowelCrossings;
    private final float lowPassStep;
    private final NoiseFloor wholeFloor;
    private final NoiseFloor lowFloor;
    private boolean wasVoiced;

    /** Of the latest frame that was not missing. */
    private double wholeDbfs;

    private double lowDbfs;
    private int crossings;

    /** Direct current of the latest frame; crossings are counted against the one before. */
    private float centre;

    /** Two low-passes of first order, one behind the other. */
    private float firstLowPass;

    private float secondLowPass;

    public VoiceActivity(VoiceRules rules, AudioFormat format) {
        int ptimeMs = format.ptime().ms();
        this.rules = rules;
        this.silencePeak = FrameDecoder.silencePeak(format.encoding());
        this.vowelCrossings = (int) (VOWEL_CROSSINGS_PER_SECOND * ptimeMs / 1000);
        this.lowPassStep = (float) (1 - Math.exp(-2 * Math.PI * LOW_BAND_HZ / format.sampleRateHz()));
        this.wholeFloor = new NoiseFloor(ptimeMs);
        this.lowFloor = new NoiseFloor(ptimeMs);
    }

    /**
     * Judges the next frame.
     *
     * @param explained a key or tone is in it: such a frame is neither voice nor noise
     */
    public FrameVoice onFrame(float[] samples, boolean explained) {
        if (!measure(samples)) {
            wasVoiced = false;
            return FrameVoice.MISSING;
        }
        if (explained) {
            wasVoiced = false;
            return FrameVoice.UNVOICED;
        }
        double snrDb = Math.max(wholeFloor.snrDb(wholeDbfs), lowFloor.snrDb(lowDbfs));
        double neededDb = wasVoiced || crossings <= vowelCrossings ? rules.keepSnrDb() : rules.snrDb();
        boolean voiced = snrDb >= neededDb && wholeDbfs >= rules.minLevelDbfs();
        wholeFloor.onFrame(wholeDbfs, voiced);
        lowFloor.onFrame(lowDbfs, voiced);
        wasVoiced = voiced;
        return voiced ? FrameVoice.VOICED : FrameVoice.UNVOICED;
    }

    /** Level of the latest frame that was not missing, without its direct current. */
    public double levelDbfs() {
        return wholeDbfs;
    }

    /** False for digital silence. One pass: the slowest chain, the low-pass, hides all the rest. */
    private boolean measure(float[] samples) {
        float keep = 1 - lowPassStep;
        float first = firstLowPass;
        float second = secondLowPass;
        float sum = 0;
        float sumOfSquares = 0;
        float lowSum = 0;
        float lowSumOfSquares = 0;
        int signs = Float.floatToRawIntBits(samples[0] - centre);
        int changes = 0;
        for (float sample : samples) {
            sum += sample;
            sumOfSquares += sample * sample;
            first = lowPassStep * sample + keep * first;
            second = lowPassStep * first + keep * second;
            lowSum += second;
            lowSumOfSquares += second * second;
            int bits = Float.floatToRawIntBits(sample - centre);
            changes += (bits ^ signs) >>> 31;
            signs = bits;
        }
        firstLowPass = first;
        secondLowPass = second;
        centre = sum / samples.length;
        if (sumOfSquares <= silencePeak * silencePeak * samples.length) {
            return false;
        }
        crossings = changes;
        wholeDbfs = levelDbfs(sumOfSquares, centre, samples.length);
        lowDbfs = levelDbfs(lowSumOfSquares, lowSum / samples.length, samples.length);
        return true;
    }

    private static double levelDbfs(float sumOfSquares, float mean, int count) {
        return Decibels.ofMeanSquare(Math.max(0, sumOfSquares / count - mean * mean));
    }
}
