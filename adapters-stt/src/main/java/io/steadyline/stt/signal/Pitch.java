package io.steadyline.stt.signal;

/**
 * How exactly a tone has its frequency: from its phase in two blocks in a row, which tells far more than the width of a
 * block's spectrum. One for each of the two tones of a key.
 */
final class Pitch {

    private final int blockSamples;
    private final int sampleRateHz;
    private double frequencyHz;
    private double phase;
    private double offByHz;

    Pitch(int blockSamples, int sampleRateHz) {
        this.blockSamples = blockSamples;
        this.sampleRateHz = sampleRateHz;
    }

    /** The tone is in this block; the block before it held the same one unless {@link #forget} was called. */
    void measure(float[] block, double toneHz) {
        double radiansPerSample = 2 * Math.PI * toneHz / sampleRateHz;
        double now = Goertzel.phase(block, blockSamples, radiansPerSample);
        double surplus = Math.IEEEremainder(now - phase - radiansPerSample * blockSamples, 2 * Math.PI);
        offByHz = toneHz == frequencyHz ? surplus * sampleRateHz / (2 * Math.PI * blockSamples) : 0;
        frequencyHz = toneHz;
        phase = now;
    }

    void forget() {
        frequencyHz = 0;
    }

    /** In parts of the tone's frequency; 0 after its first block. At most 39 Hz can be seen at all. */
    double offBy() {
        return Math.abs(offByHz) / frequencyHz;
    }
}
