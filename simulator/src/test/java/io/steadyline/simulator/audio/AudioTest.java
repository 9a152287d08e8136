package io.steadyline.simulator.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioTest {

    @TempDir
    private Path directory;

    private static Audio random(int bytes) {
        byte[] muLaw = new byte[bytes];
        new Random(bytes).nextBytes(muLaw);
        for (int i = 0; i < bytes; i++) {
            // 0x7F is the negative zero; it comes back as the positive one.
            muLaw[i] = muLaw[i] == 0x7F ? (byte) 0xFF : muLaw[i];
        }
        return Audio.ofMuLaw(muLaw);
    }

    @Test
    void shouldComeBackFromAWavFile() throws IOException {
        Audio audio = random(1_001);
        Path file = directory.resolve("answer.wav");
        audio.writeWav(file);
        assertThat(Files.size(file)).isEqualTo(44 + 2 * 1_001);
        assertThat(Audio.read(file)).isEqualTo(audio);
    }

    @Test
    void shouldComeBackFromARawFile() throws IOException {
        Audio audio = random(1_001);
        Path file = directory.resolve("answer.ulaw");
        audio.writeRaw(file);
        assertThat(Audio.read(file)).isEqualTo(audio);
    }

    @ParameterizedTest
    @CsvSource({"8000, 1, 440", "8000, 2, 440", "16000, 1, 440", "16000, 2, 1000", "44100, 2, 1000", "48000, 1, 3000"})
    void shouldBringATonePcmDownTo8kHz(int rateHz, int channels, int toneHz) throws IOException {
        Audio audio = Audio.read(tone(rateHz, channels, toneHz));
        assertThat(audio.durationMs()).isBetween(499L, 500L);
        assertThat(rms(audio)).isBetween(0.9 * 8_000 / Math.sqrt(2), 1.1 * 8_000 / Math.sqrt(2));
        assertThat(crossings(audio)).isBetween(toneHz - 12, toneHz + 12);
    }

    @ParameterizedTest
    @CsvSource({"16000, 5000", "48000, 6000", "44100, 9000"})
    void shouldSilenceWhatAnEightKilohertzChannelCannotCarry(int rateHz, int toneHz) throws IOException {
        assertThat(rms(Audio.read(tone(rateHz, 1, toneHz)))).isLessThan(0.02 * 8_000);
    }

    @Test
    void shouldNameWhatIsWrongWithAFile() throws IOException {
        Path notWav = Files.write(directory.resolve("a.wav"), "hello, world".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Audio.read(notWav)).hasMessageContaining("a.wav: not a WAV file");
        assertThatThrownBy(() -> Audio.read(tone(96_000, 1, 440)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 1, 16 bits, 96000 Hz (expected: ");
    }

    @Test
    void shouldBeFilledUpWithSilence() {
        byte[] frame = new byte[4];
        Audio.ofMuLaw(new byte[] {1, 2, 3}).copyTo(2, frame);
        assertThat(frame).containsExactly(3, 0xFF, 0xFF, 0xFF);
        assertThat(Audio.silence(Duration.ofMillis(20)).sizeBytes()).isEqualTo(160);
    }

    /** G.711: each code decodes to a value that encodes to the same code, but for the negative zero. */
    @Test
    void shouldEncodeWhatItDecodes() {
        for (int code = 0; code < 256; code++) {
            assertThat(MuLaw.encode(MuLaw.decode((byte) code)) & 0xFF).isEqualTo(code == 0x7F ? 0xFF : code);
        }
        assertThat(MuLaw.decode((byte) 0x00)).isEqualTo((short) -32_124);
        assertThat(MuLaw.decode((byte) 0x80)).isEqualTo((short) 32_124);
        assertThat(MuLaw.encode(Short.MIN_VALUE)).isEqualTo((byte) 0x00);
    }

    private Path tone(int rateHz, int channels, int toneHz) throws IOException {
        int frames = rateHz / 2;
        int dataBytes = frames * channels * 2;
        ByteBuffer out = ByteBuffer.allocate(54 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(46 + dataBytes);
        // A chunk of odd length before the others, which readers skip with its padding.
        out.put("WAVEjunk".getBytes(StandardCharsets.US_ASCII)).putInt(1).putShort((short) 0);
        out.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        out.putShort((short) channels).putInt(rateHz).putInt(rateHz * channels * 2);
        out.putShort((short) (channels * 2)).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < channels; channel++) {
                out.putShort((short) (8_000 * Math.sin(2 * Math.PI * toneHz * i / rateHz)));
            }
        }
        return Files.write(directory.resolve("tone.wav"), out.array());
    }

    private static double rms(Audio audio) {
        double sum = 0;
        for (byte code : audio.muLaw()) {
            sum += Math.pow(MuLaw.decode(code), 2);
        }
        return Math.sqrt(sum / audio.sizeBytes());
    }

    /** Zero crossings in half a second: one for each hertz. */
    private static int crossings(Audio audio) {
        byte[] muLaw = audio.muLaw();
        int crossings = 0;
        for (int i = 1; i < muLaw.length; i++) {
            if ((MuLaw.decode(muLaw[i - 1]) < 0) != (MuLaw.decode(muLaw[i]) < 0)) {
                crossings++;
            }
        }
        return crossings;
    }
}
