package io.steadyline.bootstrap.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    @Test
    void shouldLeaveTelephoneRateAlone() {
        float[] samples = Tone.of(440, 0.3, 8_000);
        assertThat(Resampler.to8k(samples, 8_000)).isSameAs(samples);
    }

    @ParameterizedTest
    @CsvSource({"4000, 300", "6000, 1000", "11025, 300", "16000, 3000", "44100, 3000", "48000, 300", "192000, 1000"})
    void shouldKeepAToneOfTheSpeechBand(int rateHz, int toneHz) {
        float[] out = Resampler.to8k(Tone.of(toneHz, 0.5, rateHz), rateHz);
        assertThat(out).hasSize(8_000);
        assertThat(Tone.level(out, toneHz)).isCloseTo(0.5, within(0.005));
    }

    @ParameterizedTest
    @ValueSource(ints = {4_600, 5_500, 7_500})
    void shouldRemoveWhatWouldComeBackAsAnAlias(int toneHz) {
        float[] out = Resampler.to8k(Tone.of(toneHz, 0.5, 16_000), 16_000);
        assertThat(Tone.level(out, 8_000 - toneHz)).isLessThan(0.5 / 300);
    }

    @ParameterizedTest
    @ValueSource(ints = {11_025, 22_050, 48_000})
    void shouldKeepConstantLevel(int rateHz) {
        float[] constant = new float[rateHz];
        Arrays.fill(constant, 0.5f);
        float[] out = Resampler.to8k(constant, rateHz);
        for (int i = 100; i < out.length - 100; i++) {
            assertThat(out[i]).isCloseTo(0.5f, within(0.005f));
        }
    }

    @Test
    void shouldMakeNothingOfNothing() {
        assertThat(Resampler.to8k(new float[0], 48_000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 3_999, 192_001, Double.NaN, -8_000})
    void shouldNameARateThatIsNone(double rateHz) {
        assertThatThrownBy(() -> Resampler.to8k(new float[1], rateHz))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample rate: " + rateHz + " Hz (expected: 4000 to 192000)");
    }
}
