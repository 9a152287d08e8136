package io.steadyline.bootstrap.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.steadyline.bootstrap.audio.WavFile.Format;
import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingLoaderTest {

    private static final double LEVEL = 0.5;
    private static final int TONE_HZ = 1000;

    @TempDir
    private Path directory;

    static Stream<Arguments> files() {
        return Arrays.stream(Format.values())
                .flatMap(format -> Stream.of(8_000, 11_025, 16_000, 22_050, 44_100, 48_000)
                        .map(rateHz -> Arguments.of(format, rateHz)));
    }

    @Nested
    class AWavFile {

        @ParameterizedTest
        @MethodSource("io.steadyline.bootstrap.audio.GreetingLoaderTest#files")
        void shouldKeepPitchLevelAndLength(Format format, int rateHz) throws IOException {
            AudioClip clip = load("a.wav", WavFile.mono(format, rateHz).bytes(Tone.of(TONE_HZ, LEVEL, rateHz)));
            assertThat(clip.format()).isEqualTo(AudioFormat.MULAW_8K);
            assertThat(clip.durationMs()).isEqualTo(1000);
            float[] heard = Tone.heard(clip);
            assertThat(Tone.level(heard, TONE_HZ)).isCloseTo(LEVEL, within(0.02));
            // Nothing but the tone: the whole signal is as loud as a sine of that level.
            assertThat(Tone.rms(heard)).isCloseTo(LEVEL / Math.sqrt(2), within(0.02));
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        void shouldBeMixedToOneChannel(Format format) throws IOException {
            byte[] file =
                    new WavFile(format, 16_000, 2).bytes(Tone.of(500, LEVEL, 16_000), Tone.of(1500, LEVEL, 16_000));
            float[] heard = Tone.heard(load("stereo.wav", file));
            assertThat(Tone.level(heard, 500)).isCloseTo(LEVEL / 2, within(0.02));
            assertThat(Tone.level(heard, 1500)).isCloseTo(LEVEL / 2, within(0.02));
        }

        @ParameterizedTest
        @ValueSource(ints = {4_600, 5_000, 6_000, 7_000, 10_000})
        void shouldLoseWhatATelephoneCannotCarry(int toneHz) throws IOException {
            byte[] file = WavFile.mono(Format.PCM_16, 48_000).bytes(Tone.of(toneHz, LEVEL, 48_000));
            // 40 dB below the tone: an alias would be heard as a tone of another pitch.
            assertThat(Tone.rms(Tone.heard(load("high.wav", file)))).isLessThan(LEVEL / Math.sqrt(2) / 100);
        }

        @Test
        void shouldBePaddedToWholeFrames() throws IOException {
            AudioClip clip =
                    load("short.wav", WavFile.mono(Format.PCM_16, 8_000).bytes(new float[161]));
            assertThat(clip.frameCount()).isEqualTo(2);
            assertThat(clip.frame(1).payload()).hasSize(160).containsOnly(0xFF);
        }
    }

    @Nested
    class ARawFile {

        @ParameterizedTest
        @ValueSource(strings = {"a.ulaw", "a.ul", "a.raw", "A.ULAW"})
        void shouldBeTakenAsItIs(String name) throws IOException {
            byte[] content = new byte[320];
            new Random(1).nextBytes(content);
            AudioClip clip = load(name, content);
            assertThat(clip.frameCount()).isEqualTo(2);
            assertThat(clip.frame(0).payload()).isEqualTo(Arrays.copyOf(content, 160));
            assertThat(clip.frame(1).payload()).isEqualTo(Arrays.copyOfRange(content, 160, 320));
        }
    }

    @Nested
    class WithoutAFile {

        @Test
        void shouldBeTheBundledGreetingThatCanBeHeard() throws IOException {
            AudioClip bundled = GreetingLoader.load(Optional.empty());
            assertThat(bundled.durationMs()).isBetween(500L, 20_000L);
            assertThat(Tone.rms(Tone.heard(bundled))).isGreaterThan(0.01);
        }
    }

    @Nested
    class AFileThatCannotBeUsed {

        @Test
        void shouldBeNamedWhenItIsNotThere() {
            Path file = directory.resolve("missing.wav");
            assertThatThrownBy(() -> GreetingLoader.load(Optional.of(file)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("greeting: " + file + " (expected: a readable file)");
        }

        @Test
        void shouldBeNamedWhenItIsEmpty() {
            assertRefused("empty.wav", new byte[0], " has 0 bytes (expected: 1 to 24000000)");
        }

        @Test
        void shouldBeNamedWhenItIsAFilm() throws IOException {
            Path file = directory.resolve("film.wav");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(24_000_001);
            }
            assertThatThrownBy(() -> GreetingLoader.load(Optional.of(file)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("greeting: " + file + " has 24000001 bytes (expected: 1 to 24000000)");
        }

        @Test
        void shouldBeNamedWhenItIsNoAudio() {
            byte[] text = "Hello, and welcome to our pizzeria.".getBytes(StandardCharsets.UTF_8);
            assertRefused(
                    "words.wav", text, " (expected: WAV of PCM, float, µ-law or A-law, or raw µ-law named .ulaw): ");
        }

        @ParameterizedTest
        @ValueSource(ints = {1_000, 3_999, 192_001})
        void shouldSayItsRate(int rateHz) {
            byte[] file = WavFile.mono(Format.PCM_16, rateHz).bytes(new float[100]);
            assertRefused("rate.wav", file, "sample rate: " + (double) rateHz + " Hz (expected: 4000 to 192000)");
        }

        private void assertRefused(String name, byte[] content, String message) {
            assertThatThrownBy(() -> load(name, content))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("greeting: " + directory.resolve(name))
                    .hasMessageContaining(message);
        }
    }

    private AudioClip load(String name, byte[] content) throws IOException {
        return GreetingLoader.load(Optional.of(Files.write(directory.resolve(name), content)));
    }
}
