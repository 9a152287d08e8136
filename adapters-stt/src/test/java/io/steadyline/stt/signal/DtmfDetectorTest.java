package io.steadyline.stt.signal;

import static io.steadyline.stt.audio.Sound.join;
import static io.steadyline.stt.audio.Sound.key;
import static io.steadyline.stt.audio.Sound.noise;
import static io.steadyline.stt.audio.Sound.silence;
import static io.steadyline.stt.audio.Sound.sine;
import static io.steadyline.stt.audio.Sound.sum;
import static io.steadyline.stt.audio.Sound.vowel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.stt.audio.Sound;
import io.steadyline.stt.signal.DtmfDetector.Digit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtmfDetectorTest {

    private static final String KEYS = "123A456B789C*0#D";
    private static final int RATE = 8000;

    private static List<Digit> hear(float[] samples, AudioFormat format) {
        DtmfDetector detector = new DtmfDetector(DtmfRules.DEFAULT, format);
        FrameDecoder decoder = new FrameDecoder(format);
        List<Digit> digits = new ArrayList<>();
        Sound.frames(samples, format).forEach(frame -> {
            Digit digit = detector.onFrame(decoder.decode(frame));
            if (digit != null) {
                digits.add(digit);
            }
        });
        Digit last = detector.restart();
        if (last != null) {
            digits.add(last);
        }
        return digits;
    }

    private static String keys(float[] samples) {
        return keys(samples, AudioFormat.MULAW_8K);
    }

    private static String keys(float[] samples, AudioFormat format) {
        StringBuilder keys = new StringBuilder();
        hear(samples, format).forEach(digit -> keys.append(digit.key()));
        return keys.toString();
    }

    /** A key in silence, {@code shift} samples into a frame. */
    private static float[] alone(float[] key, int shift) {
        return join(silence(100, RATE), new float[shift], key, silence(200, RATE));
    }

    @Nested
    class Keys {

        @ParameterizedTest
        @CsvSource({
            "MULAW, 8000, MS_20",
            "ALAW, 8000, MS_20",
            "L16, 8000, MS_20",
            "L16, 16000, MS_20",
            "L16, 24000, MS_20",
            "MULAW, 8000, MS_10",
            "MULAW, 8000, MS_30",
        })
        void shouldAllBeHeardInEveryFormat(Encoding encoding, int rateHz, Ptime ptime) {
            float[] dialled = silence(100, rateHz);
            for (int i = 0; i < KEYS.length(); i++) {
                dialled = join(dialled, key(KEYS.charAt(i), -12, -12, 0, 60, rateHz), silence(60, rateHz));
            }
            assertThat(keys(join(dialled, silence(60, rateHz)), new AudioFormat(encoding, rateHz, ptime)))
                    .isEqualTo(KEYS);
        }

        @ParameterizedTest
        @ValueSource(doubles = {-0.015, -0.01, 0.01, 0.015})
        void shouldBeHeardWhenTheirPitchIsOff(double detune) {
            for (int i = 0; i < KEYS.length(); i++) {
                char key = KEYS.charAt(i);
                assertThat(keys(alone(key(key, -12, -12, detune, 70, RATE), 37 * i % 160)))
                        .isEqualTo(String.valueOf(key));
            }
        }

        @Test
        void shouldBeTwoWhenRepeatedAfter60Ms() {
            for (int shift = 0; shift < 160; shift += 7) {
                float[] five = key('5', -12, -10, 0, 70, RATE);
                assertThat(keys(alone(join(five, silence(60, RATE), five), shift)))
                        .as("shift %d", shift)
                        .isEqualTo("55");
            }
        }

        @Test
        void shouldBeOneOverADropoutOf8Ms() {
            for (int shift = 0; shift < 160; shift += 7) {
                float[] five = key('5', -12, -10, 0, 130, RATE);
                Arrays.fill(five, 480, 480 + 8 * RATE / 1000, 0);
                assertThat(keys(alone(five, shift))).as("shift %d", shift).isEqualTo("5");
            }
        }

        @Test
        void shouldBeTwoWhenOneFollowsTheOtherAtOnce() {
            assertThat(keys(alone(join(key('1', -12, -12, 0, 80, RATE), key('9', -12, -12, 0, 80, RATE)), 0)))
                    .isEqualTo("19");
        }

        @Test
        void shouldBeToldWhenTheInputEndsInThem() {
            List<Digit> digits = hear(join(silence(100, RATE), key('#', -12, -12, 0, 100, RATE)), AudioFormat.MULAW_8K);
            assertThat(digits).hasSize(1);
        }

        @Test
        void shouldTellWhereTheyBeganAndHowLongTheyLasted() {
            for (int shift = 0; shift < 160; shift += 11) {
                Digit digit = hear(alone(key('0', -12, -12, 0, 80, RATE), shift), AudioFormat.MULAW_8K)
                        .getFirst();
                assertThat(digit.offsetMs())
                        .as("shift %d", shift)
                        .isBetween(100L + shift / 8 - 8, 100L + shift / 8 + 8);
                assertThat(digit.durationMs()).as("shift %d", shift).isBetween(70L, 90L);
            }
        }
    }

    @Nested
    class Duration {

        @ParameterizedTest
        @ValueSource(ints = {40, 45, 50})
        void shouldBeEnoughFrom40Ms(int ms) {
            forEveryShift((key, shift) -> assertThat(keys(alone(key(key, -12, -12, 0, ms, RATE), shift)))
                    .as("key %s shift %d", key, shift)
                    .isEqualTo(String.valueOf(key)));
        }

        @ParameterizedTest
        @ValueSource(ints = {10, 20, 23, 30})
        void shouldBeTooLittleBelow(int ms) {
            forEveryShift((key, shift) -> assertThat(keys(alone(key(key, -12, -12, 0, ms, RATE), shift)))
                    .as("key %s shift %d", key, shift)
                    .isEmpty());
        }

        private void forEveryShift(BiConsumer<Character, Integer> check) {
            for (int i = 0; i < KEYS.length(); i++) {
                for (int shift = i % 5; shift < 160; shift += 5) {
                    check.accept(KEYS.charAt(i), shift);
                }
            }
        }
    }

    @Nested
    class Levels {

        @ParameterizedTest(name = "row {0} dB, column {1} dB: {2}")
        @CsvSource({
            "-12, -12, true",
            "-12, -8.5, true",
            "-12, -6, false",
            "-12, -19.5, true",
            "-12, -22, false",
            "-3, -6, true",
            "-32, -32, true",
            "-36, -36, false",
            "-60, -60, false",
        })
        void shouldBeWithinLimits(double rowDb, double columnDb, boolean heard) {
            for (int i = 0; i < KEYS.length(); i++) {
                char key = KEYS.charAt(i);
                assertThat(keys(alone(key(key, rowDb, columnDb, 0, 80, RATE), 23 * i % 160)))
                        .isEqualTo(heard ? String.valueOf(key) : "");
            }
        }

        @Test
        void shouldBeHeardOverDialToneBeneath() {
            float[] dialTone = sum(sine(350, -36, 80, RATE), sine(440, -36, 80, RATE));
            assertThat(keys(alone(sum(key('4', -15, -15, 0, 80, RATE), dialTone), 0)))
                    .isEqualTo("4");
        }
    }

    @Nested
    class OtherSound {

        @Test
        void shouldNotBeAKeyWhenItIsOneTone() {
            for (int hz : new int[] {697, 941, 1209, 1633, 1100, 2100}) {
                assertThat(keys(alone(sine(hz, -10, 200, RATE), 0)))
                        .as("%d Hz", hz)
                        .isEmpty();
            }
        }

        @Test
        void shouldNotBeAKeyWhenItHasHarmonics() {
            float[] buzz = key('1', -14, -14, 0, 200, RATE);
            for (int hz : new int[] {2 * 1209, 2 * 697}) {
                buzz = sum(buzz, sine(hz, -15, 200, RATE));
            }
            assertThat(keys(alone(buzz, 0))).isEmpty();
        }

        @Test
        void shouldNotBeAKeyWhenItIsNoise() {
            Random random = new Random(1);
            assertThat(keys(noise(6_000, 20_000, RATE, random))).isEmpty();
        }

        /**
         * Harder than speech: two bare resonances, often with one harmonic each, which is what a key is. Speech has more in
         * it; see the figures on recordings.
         */
        @Test
        void shouldSeldomBeAKeyWhenItIsABareVowel() {
            int vowels = 2_000;
            int heard = 0;
            for (int seed = 1; seed <= vowels; seed++) {
                heard += keys(vowel(300, RATE, new Random(seed))).length();
            }
            System.out.println("keys heard in " + vowels + " made-up bare vowels: " + heard);
            assertThat(heard).isLessThanOrEqualTo(vowels / 40);
        }
    }

    @Test
    void shouldRefuseRulesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DtmfRules(-36, -8, 4, 1.5, 40))
                .withMessage("minShare: 1.5 (expected: 0.3 to 0.95)");
    }
}
