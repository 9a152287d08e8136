package io.steadyline.stt.signal;

import static io.steadyline.stt.audio.Sound.join;
import static io.steadyline.stt.audio.Sound.noise;
import static io.steadyline.stt.audio.Sound.silence;
import static io.steadyline.stt.audio.Sound.vowel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.stt.audio.Sound;
import io.steadyline.turn.FrameVoice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceActivityTest {

    private static final int RATE = 8000;
    /** -46 dBFS, a line with some hiss. */
    private static final double HISS = 160;

    private final Random random = new Random(7);

    private static List<FrameVoice> hear(float[] samples) {
        return hear(samples, AudioFormat.MULAW_8K);
    }

    private static List<FrameVoice> hear(float[] samples, AudioFormat format) {
        VoiceActivity voice = new VoiceActivity(VoiceRules.DEFAULT, format);
        FrameDecoder decoder = new FrameDecoder(format);
        return Sound.frames(samples, format).stream()
                .map(frame -> voice.onFrame(decoder.decode(frame), false))
                .toList();
    }

    private static long voiced(List<FrameVoice> frames) {
        return frames.stream().filter(frame -> frame == FrameVoice.VOICED).count();
    }

    @ParameterizedTest
    @CsvSource({"MULAW, 8000", "ALAW, 8000", "L16, 8000", "L16, 16000", "L16, 24000"})
    void shouldHearAVowelOverHissInEveryFormat(Encoding encoding, int rateHz) {
        float[] call = join(silence(1_000, rateHz), vowel(400, rateHz, new Random(3)), silence(1_000, rateHz));
        float[] onLine = Sound.sum(call, noise(HISS, 2_400, rateHz, random));
        List<FrameVoice> heard = hear(onLine, new AudioFormat(encoding, rateHz, Ptime.MS_20));
        assertThat(voiced(heard.subList(0, 50))).isZero();
        assertThat(voiced(heard.subList(50, 70))).isGreaterThanOrEqualTo(19);
        assertThat(voiced(heard.subList(71, 120))).isZero();
    }

    @Nested
    class Noise {

        @ParameterizedTest
        @ValueSource(ints = {20, 60, 160, 400})
        void shouldNotBeVoiceHoweverLoudTheLineStarts(int rms) {
            assertThat(voiced(hear(noise(rms, 5_000, RATE, random)))).isZero();
        }

        @Test
        void shouldNotBeVoiceForLongAfterAStepUp() {
            List<FrameVoice> heard = hear(join(noise(60, 5_000, RATE, random), noise(1_000, 10_000, RATE, random)));
            assertThat(voiced(heard.subList(0, 250))).isZero();
            assertThat(voiced(heard.subList(250, 260))).isEqualTo(10);
            // The floor's memory is 2.5 s, and a span of 0.5 s may just have begun.
            assertThat(voiced(heard.subList(250 + 155, 750))).isZero();
        }

        @Test
        void shouldBeForgottenAtOnceAfterAStepDown() {
            float[] quietSpeech = vowel(400, RATE, new Random(3));
            for (int i = 0; i < quietSpeech.length; i++) {
                quietSpeech[i] *= 0.15f;
            }
            float[] line = join(noise(1_000, 5_000, RATE, random), noise(60, 1_400, RATE, random));
            float[] call = Sound.sum(line, join(silence(6_000, RATE), quietSpeech));
            List<FrameVoice> heard = hear(call);
            assertThat(voiced(heard.subList(0, 300))).isZero();
            assertThat(voiced(heard.subList(300, 320))).isGreaterThanOrEqualTo(18);
        }

        @Test
        void shouldNotBeLearntFromSpeech() {
            float[] speech = silence(0, RATE);
            for (int word = 0; word < 30; word++) {
                speech = join(speech, vowel(300, RATE, new Random(word)), silence(100, RATE));
            }
            float[] call = Sound.sum(join(silence(1_000, RATE), speech), noise(60, 13_000, RATE, random));
            List<FrameVoice> heard = hear(call);
            assertThat(voiced(heard.subList(50, 650))).isGreaterThanOrEqualTo(440);
        }
    }

    @Nested
    class DigitalSilence {

        @ParameterizedTest
        @CsvSource({"MULAW, 255", "MULAW, 127", "ALAW, 213", "ALAW, 85", "L16, 0"})
        void shouldBeMissing(Encoding encoding, int code) {
            AudioFormat format = new AudioFormat(encoding, 8000, Ptime.MS_20);
            byte[] payload = new byte[format.frameBytes()];
            Arrays.fill(payload, (byte) code);
            VoiceActivity voice = new VoiceActivity(VoiceRules.DEFAULT, format);
            float[] samples = new FrameDecoder(format).decode(new AudioFrame(payload, 0));
            assertThat(voice.onFrame(samples, false)).isEqualTo(FrameVoice.MISSING);
        }

        @Test
        void shouldNotTeachTheFloor() {
            List<FrameVoice> heard =
                    hear(join(noise(400, 2_000, RATE, random), silence(5_000, RATE), noise(400, 2_000, RATE, random)));
            assertThat(heard.subList(100, 350)).containsOnly(FrameVoice.MISSING);
            assertThat(heard.subList(350, 450)).containsOnly(FrameVoice.UNVOICED);
        }
    }

    @Test
    void shouldIgnoreDirectCurrent() {
        float[] line = noise(60, 4_000, RATE, random);
        for (int i = line.length / 2; i < line.length; i++) {
            line[i] += 3_000;
        }
        AudioFormat linear = new AudioFormat(Encoding.L16, RATE, Ptime.MS_20);
        assertThat(voiced(hear(line, linear))).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldNeitherHearNorLearnWhatIsExplained() {
        VoiceActivity voice = new VoiceActivity(VoiceRules.DEFAULT, AudioFormat.MULAW_8K);
        FrameDecoder decoder = new FrameDecoder(AudioFormat.MULAW_8K);
        for (AudioFrame frame : Sound.frames(noise(60, 1_000, RATE, random), AudioFormat.MULAW_8K)) {
            voice.onFrame(decoder.decode(frame), false);
        }
        float[] key = Sound.key('5', -10, -10, 0, 5_000, RATE);
        for (AudioFrame frame : Sound.frames(key, AudioFormat.MULAW_8K)) {
            assertThat(voice.onFrame(decoder.decode(frame), true)).isEqualTo(FrameVoice.UNVOICED);
        }
        float[] word = vowel(20, RATE, random);
        assertThat(voice.onFrame(word, false)).isEqualTo(FrameVoice.VOICED);
    }

    @Test
    void shouldRefuseRulesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VoiceRules(9, 10, -52))
                .withMessage("keepSnrDb: 10.0 (expected: 1.0 to 9.0)");
    }
}
