package io.steadyline.bootstrap.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadEitherByteOrder(boolean big) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 16384).putShort((short) -32768);
        assertThat(read(Encoding.PCM_SIGNED, 16, 1, big, bytes.array())).containsExactly(0.5f, -1f);
    }

    @Test
    void shouldKeepTheSignOf24Bits() throws IOException {
        byte[] little = {0, 0, (byte) 0x80, 0, 0, 0x40};
        byte[] big = {(byte) 0x80, 0, 0, 0x40, 0, 0};
        assertThat(read(Encoding.PCM_SIGNED, 24, 1, false, little)).containsExactly(-1f, 0.5f);
        assertThat(read(Encoding.PCM_SIGNED, 24, 1, true, big)).containsExactly(-1f, 0.5f);
    }

    @Test
    void shouldTellSignedFromUnsignedBytes() throws IOException {
        byte[] bytes = {0, 64, (byte) 128};
        assertThat(read(Encoding.PCM_SIGNED, 8, 1, false, bytes)).containsExactly(0f, 0.5f, -1f);
        assertThat(read(Encoding.PCM_UNSIGNED, 8, 1, false, bytes)).containsExactly(-1f, -0.5f, 0f);
    }

    @Test
    void shouldReadDoubles() throws IOException {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(-0.25)
                .array();
        assertThat(read(Encoding.PCM_FLOAT, 64, 1, false, bytes)).containsExactly(-0.25f);
    }

    @Test
    void shouldTakeTheMeanOfAllChannels() throws IOException {
        byte[] bytes = {64, -64, 32, 32, 32, 32};
        float[] mono = read(Encoding.PCM_SIGNED, 8, 3, false, bytes);
        assertThat(mono).hasSize(2);
        assertThat(mono[0]).isCloseTo(32 / 3f / 128, within(1e-6f));
        assertThat(mono[1]).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void shouldIgnoreHalfAFrameAtTheEnd() throws IOException {
        assertThat(read(Encoding.PCM_SIGNED, 16, 1, false, new byte[] {0, 64, 7}))
                .containsExactly(0.5f);
    }

    @Test
    void shouldNameAWidthThatItCannotRead() {
        assertThatThrownBy(() -> read(Encoding.PCM_SIGNED, 12, 1, false, new byte[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample width: 12 bit (expected: 8, 16, 24, 32 or 64)");
    }

    private static float[] read(Encoding encoding, int bits, int channels, boolean bigEndian, byte[] bytes)
            throws IOException {
        int frameBytes = (bits + 7) / 8 * channels;
        AudioFormat format = new AudioFormat(encoding, 8000, bits, channels, frameBytes, 8000, bigEndian);
        // As many frames as there are bytes: the stream itself must not cut what the reader has to.
        return Samples.readMono(new AudioInputStream(new ByteArrayInputStream(bytes), format, bytes.length));
    }
}
