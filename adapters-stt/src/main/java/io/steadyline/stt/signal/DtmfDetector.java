package io.steadyline.stt.signal;

import io.steadyline.media.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * Hears keys in the audio. Works in blocks of its own that run across the frames' borders; two blocks with the same key
 * start it, three without (38 ms) end it, and then it must have lasted long enough.
 */
public final class DtmfDetector {

    /** A key, told when it was released; ms from the first sample after the construction or the latest restart. */
    public record Digit(char key, long offsetMs, long durationMs) {}

    private final DtmfBlock analysis;
    private final KeyRun run;
    private final float[] block;
    private final double blockMs;
    private final int minDigitMs;
    private int filled;
    private double blockStartMs;
    private boolean heardInFrame;

    public DtmfDetector(DtmfRules rules, AudioFormat format) {
        this.analysis = new DtmfBlock(rules, format.sampleRateHz());
        this.block = new float[analysis.samples()];
        this.blockMs = 1000.0 * block.length / format.sampleRateHz();
        this.run = new KeyRun(blockMs);
        this.minDigitMs = rules.minDigitMs();
    }

    /** Takes the next frame; answers the key that ended in it, if any. */
    public @Nullable Digit onFrame(float[] samples) {
        heardInFrame = run.key() != DtmfBlock.NONE;
        Digit ended = null;
        for (int taken = 0; taken < samples.length; ) {
            int share = Math.min(samples.length - taken, block.length - filled);
            System.arraycopy(samples, taken, block, filled, share);
            taken += share;
            filled += share;
            if (filled == block.length) {
                Digit digit = onBlock();
                ended = digit == null ? ended : digit;
                filled = 0;
                blockStartMs += blockMs;
            }
        }
        return ended;
    }

    /** Whether a key, or what may become one, was in the latest frame. */
    public boolean heardInFrame() {
        return heardInFrame;
    }

    /** No audio follows, or not the next: ends the key in hand and starts anew at 0 ms. */
    public @Nullable Digit restart() {
        Digit digit = end();
        analysis.clear();
        filled = 0;
        blockStartMs = 0;
        heardInFrame = false;
        return digit;
    }

    private @Nullable Digit onBlock() {
        char key = analysis.keyIn(block);
        heardInFrame |= key != DtmfBlock.NONE;
        char inHand = run.key();
        if (inHand == DtmfBlock.NONE) {
            if (key != DtmfBlock.NONE) {
                begin(key);
            }
            return null;
        }
        double amplitude = analysis.amplitudeOf(inHand);
        if (key == inHand) {
            run.hit(amplitude, analysis.isInTune());
            return null;
        }
        if (!run.miss(amplitude) && key == DtmfBlock.NONE) {
            return null;
        }
        Digit digit = end();
        if (key != DtmfBlock.NONE) {
            begin(key);
        }
        return digit;
    }

    private void begin(char key) {
        run.begin(key, blockStartMs, analysis.amplitudeBeforeOf(key), analysis.amplitudeOf(key));
    }

    private @Nullable Digit end() {
        boolean isDigit = run.key() != DtmfBlock.NONE && run.isSteady() && run.durationMs() >= minDigitMs;
        Digit digit = isDigit
                ? new Digit(run.key(), Math.max(0, Math.round(run.offsetMs())), Math.round(run.durationMs()))
                : null;
        run.forget();
        return digit;
    }
}
