package io.steadyline.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class G711Test {

    @Nested
    class Mulaw {

        /** First and last code of each segment; ITU-T G.711 table 2a, there in units of 4. */
        @ParameterizedTest
        @CsvSource({
            "0x80, 8031",
            "0x8F, 4191",
            "0x90, 3999",
            "0x9F, 2079",
            "0xA0, 1983",
            "0xAF, 1023",
            "0xB0, 975",
            "0xBF, 495",
            "0xC0, 471",
            "0xCF, 231",
            "0xD0, 219",
            "0xDF, 99",
            "0xE0, 93",
            "0xEF, 33",
            "0xF0, 30",
            "0xFE, 2",
            "0xFF, 0"
        })
        void shouldDecodeTheValuesOfTheStandard(int code, int value) {
            assertThat(G711.fromMulaw((byte) code)).isEqualTo((short) (4 * value));
            assertThat(G711.fromMulaw((byte) (code & 0x7F))).isEqualTo((short) (-4 * value));
        }

        @ParameterizedTest
        @CsvSource({"0x00, -32124", "0x80, 32124", "0xFF, 0", "0x7F, 0"})
        void shouldDecodeTheExtremesAndBothZeros(int code, short sample) {
            assertThat(G711.fromMulaw((byte) code)).isEqualTo(sample);
        }

        @Test
        void shouldEncodeWhatItDecodedToTheSameCode() {
            for (int code = 0; code < 256; code++) {
                // negative zero has no sample of its own
                int expected = code == 0x7F ? 0xFF : code;
                assertThat(G711.toMulaw(G711.fromMulaw((byte) code)))
                        .describedAs("code %02x", code)
                        .isEqualTo((byte) expected);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0xFF",
            "3, 0xFF",
            "4, 0xFE",
            "11, 0xFE",
            "12, 0xFD",
            "-1, 0x7F",
            "-3, 0x7F",
            "-4, 0x7E",
            "-11, 0x7E",
            "-12, 0x7D"
        })
        void shouldChangeCodeHalfwayBetweenTheSmallestSteps(int sample, int code) {
            assertThat(G711.toMulaw(sample)).isEqualTo((byte) code);
        }

        @ParameterizedTest
        @ValueSource(ints = {32124, 32635, 32636, 32767, 32768, 100_000, Integer.MAX_VALUE})
        void shouldClipWhatIsTooLoud(int sample) {
            assertThat(G711.toMulaw(sample)).isEqualTo((byte) 0x80);
            assertThat(G711.toMulaw(-sample)).isEqualTo((byte) 0x00);
        }

        @Test
        void shouldClipTheLowestIntToo() {
            assertThat(G711.toMulaw(Integer.MIN_VALUE)).isEqualTo((byte) 0x00);
        }

        /** Where a segment begins: ITU-T G.711 table 2a, decision values, there in units of 4. */
        @ParameterizedTest
        @CsvSource({
            "4063, 0x90, 0x8F",
            "2015, 0xA0, 0x9F",
            "991, 0xB0, 0xAF",
            "479, 0xC0, 0xBF",
            "223, 0xD0, 0xCF",
            "95, 0xE0, 0xDF",
            "31, 0xF0, 0xEF"
        })
        void shouldChangeSegmentAtTheDecisionValuesOfTheStandard(int decision, int below, int from) {
            assertThat(G711.toMulaw(4 * decision - 1)).isEqualTo((byte) below);
            assertThat(G711.toMulaw(4 * decision)).isEqualTo((byte) from);
            assertThat(G711.toMulaw(1 - 4 * decision)).isEqualTo((byte) (below & 0x7F));
            assertThat(G711.toMulaw(-4 * decision)).isEqualTo((byte) (from & 0x7F));
        }

        @Test
        void shouldErrByHalfAStepOfTheSegmentAtMost() {
            for (int sample = -32635; sample <= 32635; sample++) {
                byte code = G711.toMulaw(sample);
                int segment = (~code >> 4) & 7;
                assertErrorAtMost(4 << segment, sample, G711.fromMulaw(code));
            }
        }

        @Test
        void shouldNeverTurnALouderSampleIntoAQuieterOne() {
            assertMonotonic(sample -> G711.fromMulaw(G711.toMulaw(sample)));
        }

        @Test
        void shouldDecodeAsTheJdkDoes() throws IOException {
            short[] samples = jdkDecode(Encoding.ULAW);
            for (int code = 0; code < 256; code++) {
                assertThat(G711.fromMulaw((byte) code))
                        .describedAs("code %02x", code)
                        .isEqualTo(samples[code]);
            }
        }
    }

    @Nested
    class Alaw {

        /** First and last code of each segment before the inversion of even bits; ITU-T G.711 table 1a, there in units of 8. */
        @ParameterizedTest
        @CsvSource({
            "0xFF, 4032",
            "0xF0, 2112",
            "0xEF, 2016",
            "0xE0, 1056",
            "0xDF, 1008",
            "0xD0, 528",
            "0xCF, 504",
            "0xC0, 264",
            "0xBF, 252",
            "0xB0, 132",
            "0xAF, 126",
            "0xA0, 66",
            "0x9F, 63",
            "0x90, 33",
            "0x8F, 31",
            "0x81, 3",
            "0x80, 1"
        })
        void shouldDecodeTheValuesOfTheStandard(int bits, int value) {
            assertThat(G711.fromAlaw((byte) (bits ^ 0x55))).isEqualTo((short) (8 * value));
            assertThat(G711.fromAlaw((byte) (bits ^ 0xD5))).isEqualTo((short) (-8 * value));
        }

        @ParameterizedTest
        @CsvSource({"0xD5, 8", "0x55, -8", "0xAA, 32256", "0x2A, -32256"})
        void shouldDecodeTheExtremesAndTheSmallest(int code, short sample) {
            assertThat(G711.fromAlaw((byte) code)).isEqualTo(sample);
        }

        @Test
        void shouldEncodeWhatItDecodedToTheSameCode() {
            for (int code = 0; code < 256; code++) {
                assertThat(G711.toAlaw(G711.fromAlaw((byte) code)))
                        .describedAs("code %02x", code)
                        .isEqualTo((byte) code);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0xD5",
            "15, 0xD5",
            "16, 0xD4",
            "31, 0xD4",
            "32, 0xD7",
            "-1, 0x55",
            "-16, 0x55",
            "-17, 0x54",
            "-32, 0x54",
            "-33, 0x57"
        })
        void shouldChangeCodeHalfwayBetweenTheSmallestSteps(int sample, int code) {
            assertThat(G711.toAlaw(sample)).isEqualTo((byte) code);
        }

        @ParameterizedTest
        @ValueSource(ints = {32256, 32767, 32768, 32769, 100_000, Integer.MAX_VALUE})
        void shouldClipWhatIsTooLoud(int sample) {
            assertThat(G711.toAlaw(sample)).isEqualTo((byte) 0xAA);
            assertThat(G711.toAlaw(-sample)).isEqualTo((byte) 0x2A);
        }

        @Test
        void shouldClipTheLowestIntToo() {
            assertThat(G711.toAlaw(Integer.MIN_VALUE)).isEqualTo((byte) 0x2A);
        }

        /** Where a segment begins: ITU-T G.711 table 1a, decision values, there in units of 8. */
        @ParameterizedTest
        @CsvSource({
            "2048, 0xEF, 0xF0",
            "1024, 0xDF, 0xE0",
            "512, 0xCF, 0xD0",
            "256, 0xBF, 0xC0",
            "128, 0xAF, 0xB0",
            "64, 0x9F, 0xA0",
            "32, 0x8F, 0x90"
        })
        void shouldChangeSegmentAtTheDecisionValuesOfTheStandard(int decision, int below, int from) {
            assertThat(G711.toAlaw(8 * decision - 1)).isEqualTo((byte) (below ^ 0x55));
            assertThat(G711.toAlaw(8 * decision)).isEqualTo((byte) (from ^ 0x55));
            assertThat(G711.toAlaw(-8 * decision)).isEqualTo((byte) (below ^ 0xD5));
            assertThat(G711.toAlaw(-8 * decision - 1)).isEqualTo((byte) (from ^ 0xD5));
        }

        @Test
        void shouldErrByHalfAStepOfTheSegmentAtMost() {
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                byte code = G711.toAlaw(sample);
                int segment = ((code ^ 0x55) >> 4) & 7;
                assertErrorAtMost(8 << Math.max(0, segment - 1), sample, G711.fromAlaw(code));
            }
        }

        @Test
        void shouldNeverTurnALouderSampleIntoAQuieterOne() {
            assertMonotonic(sample -> G711.fromAlaw(G711.toAlaw(sample)));
        }

        @Test
        void shouldDecodeAsTheJdkDoes() throws IOException {
            short[] samples = jdkDecode(Encoding.ALAW);
            for (int code = 0; code < 256; code++) {
                assertThat(G711.fromAlaw((byte) code))
                        .describedAs("code %02x", code)
                        .isEqualTo(samples[code]);
            }
        }
    }

    private static void assertErrorAtMost(int error, int sample, short decoded) {
        if (Math.abs(sample - decoded) > error) {
            throw new AssertionError(
                    "sample " + sample + " became " + decoded + " (expected: at most " + error + " away)");
        }
    }

    private static void assertMonotonic(IntUnaryOperator there) {
        int last = Short.MIN_VALUE;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int next = there.applyAsInt(sample);
            if (next < last) {
                throw new AssertionError("sample " + sample + " became " + next + " (expected: " + last + " or more)");
            }
            last = next;
        }
    }

    /** All 256 codes through the converter of {@code javax.sound.sampled}, written by others. */
    private static short[] jdkDecode(Encoding encoding) throws IOException {
        byte[] codes = new byte[256];
        for (int code = 0; code < 256; code++) {
            codes[code] = (byte) code;
        }
        var from = new javax.sound.sampled.AudioFormat(encoding, 8000, 8, 1, 1, 8000, false);
        var to = new javax.sound.sampled.AudioFormat(8000, 16, 1, true, false);
        try (AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(codes), from, 256);
                AudioInputStream out = AudioSystem.getAudioInputStream(to, in)) {
            short[] samples = new short[256];
            ByteBuffer.wrap(out.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return samples;
        }
    }
}
