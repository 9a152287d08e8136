package io.steadyline.grpc.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscoderTest {

    private static AudioFormat linear(int hz) {
        return new AudioFormat(Encoding.L16, hz, Ptime.MS_20);
    }

    private static AudioFormat format(Encoding encoding, int hz) {
        return new AudioFormat(encoding, hz, Ptime.MS_20);
    }

    @Test
    void shouldPassWhatNeedsNoChange() {
        byte[] audio = {1, 2, 3};

        assertThat(new Transcoder(AudioFormat.MULAW_8K, AudioFormat.MULAW_8K).process(audio))
                .isSameAs(audio);
    }

    @Test
    void shouldGiveEveryMulawByteBackAfterTheWayOverLinear() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        // Two codes are zero; the standard writes the positive one.
        all[0x7f] = (byte) 0xff;

        byte[] linear = new Transcoder(AudioFormat.MULAW_8K, linear(8_000)).process(all);

        assertThat(linear).hasSize(512);
        assertThat(new Transcoder(linear(8_000), AudioFormat.MULAW_8K).process(linear))
                .isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "MULAW, 8000, L16, 16000, 640",
        "MULAW, 8000, L16, 24000, 960",
        "L16, 16000, MULAW, 8000, 40",
        "L16, 24000, ALAW, 8000, 27",
        "ALAW, 8000, MULAW, 8000, 160",
        "L16, 16000, L16, 24000, 240"
    })
    void shouldMakeAsMuchAudioAsWentIn(Encoding from, int fromHz, Encoding to, int toHz, int bytes) {
        assertThat(new Transcoder(format(from, fromHz), format(to, toHz)).process(new byte[160]))
                .hasSize(bytes);
    }

    @Test
    void shouldNotCareWhereTheStreamIsCutNotEvenWithinASample() {
        Seeds.forEach(20, (seed, random) -> {
            byte[] input = new byte[4_801];
            random.nextBytes(input);
            byte[] expected = new Transcoder(linear(24_000), AudioFormat.MULAW_8K).process(input);
            Transcoder cut = new Transcoder(linear(24_000), AudioFormat.MULAW_8K);
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (int from = 0; from < input.length; ) {
                int to = Math.min(input.length, from + random.nextInt(40));
                joined.writeBytes(cut.process(Arrays.copyOfRange(input, from, to)));
                from = to;
            }

            assertThat(joined.toByteArray()).isEqualTo(expected);
        });
    }

    @Test
    void shouldBeginAnewAfterAReset() {
        Transcoder transcoder = new Transcoder(linear(8_000), linear(8_000));

        assertThat(transcoder.process(new byte[] {1, 2, 3})).containsExactly(1, 2);
        transcoder.reset();

        assertThat(transcoder.process(new byte[] {4, 5})).containsExactly(4, 5);
    }
}
