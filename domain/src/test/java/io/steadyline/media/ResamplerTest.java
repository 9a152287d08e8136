package io.steadyline.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.steadyline.testkit.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    private static final int LOW_HZ = 8_000;
    private static final double AMPLITUDE = 10_000;
    /** Far behind the filter's start. */
    private static final int SETTLED = 1_000;

    private static short[] tone(double hz, int rateHz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return tone;
    }

    private static short[] all(Resampler resampler, short[] input) {
        short[] output = new short[resampler.maxOutput(input.length)];
        return Arrays.copyOf(output, resampler.process(input, input.length, output));
    }

    /** Level of one frequency against the tone that went in, in dB. */
    private static double levelDb(short[] samples, double hz, int rateHz) {
        double re = 0;
        double im = 0;
        int count = samples.length - SETTLED;
        for (int i = SETTLED; i < samples.length; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * hz * i / rateHz);
            im += samples[i] * Math.sin(2 * Math.PI * hz * i / rateHz);
        }
        return 20 * Math.log10(Math.max(1e-9, 2 * Math.hypot(re, im) / count / AMPLITUDE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldPassSpeechUpTo3200HzInBothDirections(int factor) {
        int highHz = LOW_HZ * factor;
        IntStream.of(100, 300, 1_000, 2_000, 3_000, 3_200).forEach(hz -> {
            assertThat(levelDb(all(Resampler.up(factor), tone(hz, LOW_HZ, 9_000)), hz, highHz))
                    .as("%d Hz up", hz)
                    .isCloseTo(0, within(0.5));
            assertThat(levelDb(all(Resampler.down(factor), tone(hz, highHz, 9_000 * factor)), hz, LOW_HZ))
                    .as("%d Hz down", hz)
                    .isCloseTo(0, within(0.5));
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 4050", "2, 4800", "2, 5000", "2, 7000", "2, 7900", "3, 4050", "3, 6000", "3, 8100", "3, 11000"})
    void shouldKeepWhatTheLowRateCannotHoldOutOfIt(int factor, int hz) {
        short[] low = all(Resampler.down(factor), tone(hz, LOW_HZ * factor, 9_000 * factor));

        double folded = Math.abs(hz - Math.round((double) hz / LOW_HZ) * LOW_HZ);
        assertThat(levelDb(low, folded, LOW_HZ)).as("%d Hz, heard at %.0f Hz", hz, folded).isLessThan(-45);
    }

    @ParameterizedTest
    @CsvSource({"2, 1000", "2, 3200", "3, 1000", "3, 3200"})
    void shouldMakeNoImagesAbove(int factor, int hz) {
        short[] high = all(Resampler.up(factor), tone(hz, LOW_HZ, 9_000));

        for (int image = 1; image < factor; image++) {
            int below = image * LOW_HZ - hz;
            assertThat(levelDb(high, below, LOW_HZ * factor)).as("%d Hz", below).isLessThan(-45);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "3, true", "3, false"})
    void shouldNotCareHowTheStreamIsCut(int factor, boolean up) {
        Seeds.forEach(20, (seed, random) -> assertCutDoesNotMatter(factor, up, random));
    }

    private static void assertCutDoesNotMatter(int factor, boolean up, RandomGenerator random) {
        short[] input = new short[5_000];
        for (int i = 0; i < input.length; i++) {
            input[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
        }
        Resampler whole = up ? Resampler.up(factor) : Resampler.down(factor);
        Resampler cut = up ? Resampler.up(factor) : Resampler.down(factor);

        short[] expected = all(whole, input);
        short[] joined = new short[expected.length];
        int written = 0;
        for (int from = 0; from < input.length; ) {
            int to = Math.min(input.length, from + random.nextInt(400));
            short[] part = all(cut, Arrays.copyOfRange(input, from, to));
            System.arraycopy(part, 0, joined, written, part.length);
            written += part.length;
            from = to;
        }

        assertThat(written).isEqualTo(expected.length);
        assertThat(joined).isEqualTo(expected);
    }

    @Test
    void shouldClipWhatIsTooLoudInsteadOfTurningItOver() {
        short[] square = new short[2_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 10 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }

        short[] up = all(Resampler.up(3), square);

        for (int i = SETTLED; i < up.length; i++) {
            assertThat(Math.abs(up[i] - up[i - 1])).as("step at %d", i).isLessThan(40_000);
        }
    }

    @Test
    void shouldRefuseOtherFactors() {
        assertThatThrownBy(() -> Resampler.up(4)).hasMessage("factor: 4 (expected: 2 or 3)");
        assertThatThrownBy(() -> Resampler.down(1)).hasMessage("factor: 1 (expected: 2 or 3)");
    }
}
