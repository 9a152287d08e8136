package io.steadyline.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFormatTest {

    @Nested
    class Sizes {

        @ParameterizedTest
        @CsvSource({
            "MULAW, 8000, MS_10, 80, 80, 8",
            "MULAW, 8000, MS_20, 160, 160, 8",
            "ALAW, 8000, MS_30, 240, 240, 8",
            "ALAW, 16000, MS_20, 320, 320, 16",
            "L16, 8000, MS_20, 160, 320, 16",
            "L16, 16000, MS_10, 160, 320, 32",
            "L16, 24000, MS_30, 720, 1440, 48"
        })
        void shouldFollowFromRateAndDuration(
                Encoding encoding, int sampleRateHz, Ptime ptime, int samples, int frameBytes, int bytesPerMs) {
            AudioFormat format = new AudioFormat(encoding, sampleRateHz, ptime);
            assertThat(format.samplesPerFrame()).isEqualTo(samples);
            assertThat(format.frameBytes()).isEqualTo(frameBytes);
            assertThat(format.bytesPerMs()).isEqualTo(bytesPerMs);
        }

        @Test
        void shouldBeWhatTwilioSpeaks() {
            assertThat(AudioFormat.MULAW_8K).isEqualTo(new AudioFormat(Encoding.MULAW, 8000, Ptime.MS_20));
            assertThat(AudioFormat.MULAW_8K.frameBytes()).isEqualTo(160);
        }
    }

    @Nested
    class Silence {

        @ParameterizedTest
        @CsvSource({"MULAW, 0xFF", "ALAW, 0xD5", "L16, 0x00"})
        void shouldFillAFrameWithTheCodecsSilence(Encoding encoding, int silence) {
            byte[] payload = new AudioFormat(encoding, 8000, Ptime.MS_20).silentPayload();
            assertThat(payload).hasSize(160 * encoding.bytesPerSample()).containsOnly(silence);
        }

        @Test
        void shouldSoundLikeAlmostNothing() {
            assertThat(G711.fromMulaw(Encoding.MULAW.silence())).isZero();
            assertThat(G711.fromAlaw(Encoding.ALAW.silence())).isEqualTo((short) 8);
        }

        @Test
        void shouldBeANewArrayEachTime() {
            assertThat(AudioFormat.MULAW_8K.silentPayload()).isNotSameAs(AudioFormat.MULAW_8K.silentPayload());
        }
    }

    @Nested
    class Validation {

        @ParameterizedTest
        @ValueSource(ints = {8000, 16000, 24000})
        void shouldTakeTheRatesOfTelephonyAndSpeech(int sampleRateHz) {
            assertThat(new AudioFormat(Encoding.L16, sampleRateHz, Ptime.MS_20).sampleRateHz())
                    .isEqualTo(sampleRateHz);
        }

        @ParameterizedTest
        @ValueSource(ints = {Integer.MIN_VALUE, -8000, 0, 7999, 8001, 11025, 44100, 48000})
        void shouldRefuseAnyOtherRateByName(int sampleRateHz) {
            assertThatThrownBy(() -> new AudioFormat(Encoding.L16, sampleRateHz, Ptime.MS_20))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("sampleRateHz: " + sampleRateHz + " (expected: 8000, 16000 or 24000)");
        }

        @ParameterizedTest
        @CsvSource({"10, MS_10, 10000000", "20, MS_20, 20000000", "30, MS_30, 30000000"})
        void shouldKnowTheFrameDurations(int ms, Ptime ptime, long ns) {
            assertThat(Ptime.ofMs(ms)).isEqualTo(ptime);
            assertThat(ptime.ms()).isEqualTo(ms);
            assertThat(ptime.ns()).isEqualTo(ns);
        }

        @ParameterizedTest
        @ValueSource(ints = {-20, 0, 9, 11, 19, 21, 29, 31, 40, 60})
        void shouldRefuseAnyOtherDurationByName(int ms) {
            assertThatThrownBy(() -> Ptime.ofMs(ms))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ptimeMs: " + ms + " (expected: 10, 20 or 30)");
        }
    }

    @Nested
    class Frame {

        @ParameterizedTest
        @EnumSource(Encoding.class)
        void shouldHoldItsBytesWithoutACopy(Encoding encoding) {
            byte[] payload = new AudioFormat(encoding, 8000, Ptime.MS_20).silentPayload();
            AudioFrame frame = new AudioFrame(payload, 41);
            assertThat(frame.payload()).isSameAs(payload);
            assertThat(frame.payloadBytes()).isEqualTo(payload.length);
            assertThat(frame.position()).isEqualTo(41);
        }

        @Test
        void shouldShowItsSizeAndNotItsAudio() {
            assertThat(new AudioFrame(new byte[160], 41)).hasToString("frame 41 (160 B)");
        }
    }
}
