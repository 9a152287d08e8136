package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Encoding;
import io.steadyline.media.G711;
import io.steadyline.media.Ptime;
import io.steadyline.stt.peer.NumberedReader.Piece;
import io.steadyline.stt.signal.DtmfDetector;
import io.steadyline.stt.signal.DtmfRules;
import io.steadyline.stt.signal.FrameDecoder;
import io.steadyline.stt.signal.ToneDetector;
import io.steadyline.stt.signal.VoiceActivity;
import io.steadyline.stt.signal.VoiceRules;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.turn.Endpoint;
import io.steadyline.turn.EndpointRules;
import io.steadyline.turn.Endpointer;
import io.steadyline.turn.FrameVoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberedAudioTest {

    private static byte[] stream(int count, int firstSilent) {
        return NumberedAudio.joined(IntStream.range(0, count)
                .mapToObj(n -> n < firstSilent ? NumberedAudio.speaking(n) : NumberedAudio.silent(n))
                .toArray(byte[][]::new));
    }

    @Nested
    class Reading {

        @ParameterizedTest
        @EnumSource(Encoding.class)
        void shouldFindEachNumberInAnyEncoding(Encoding encoding) {
            byte[] stream = NumberedAudio.encoded(stream(2_000, 1_000), encoding);

            assertThat(NumberedReader.numbers(stream, new VendorAudio(encoding, 8_000)))
                    .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
        }

        @Test
        void shouldSurviveAWayThroughALawAndLinearSamples() {
            byte[] stream = stream(2_000, 1_000);
            byte[] travelled = new byte[stream.length];
            for (int i = 0; i < stream.length; i++) {
                int once = G711.fromMulaw(stream[i]);
                int twice = G711.fromAlaw(G711.toAlaw(once));
                travelled[i] = G711.toMulaw(twice);
            }

            assertThat(travelled).isEqualTo(stream);
        }

        @Test
        void shouldNotUseTheCodesOfZero() {
            for (byte code : stream(2_000, 1_000)) {
                assertThat(code & 0x7F).isNotEqualTo(0x7F);
            }
        }

        @Test
        void shouldReadLargeNumbers() {
            byte[] stream = NumberedAudio.joined(
                    NumberedAudio.speaking(NumberedAudio.MAX_NUMBER), NumberedAudio.silent(8_388_609));

            assertThat(NumberedReader.numbers(stream, VendorAudio.MULAW_8K))
                    .containsExactly(NumberedAudio.MAX_NUMBER, 8_388_609);
        }

        @Test
        void shouldReadAStreamThatIsCutAnywhere() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            byte[] stream = NumberedAudio.encoded(stream(300, 150), Encoding.L16);
            NumberedReader reader = new NumberedReader(VendorAudio.L16_8K);
            List<Integer> found = new ArrayList<>();
            for (int at = 0; at < stream.length; ) {
                int end = Math.min(stream.length, at + 1 + random.nextInt(1_000));
                for (Piece piece : reader.read(Arrays.copyOfRange(stream, at, end))) {
                    found.add(((Piece.Numbered) piece).number());
                }
                at = end;
            }

            assertThat(found)
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.range(0, 300).boxed().toList());
        }

        @Test
        void shouldTellSilenceWithoutNumbersApartAndFindTheNextFrameAfterIt() {
            byte[] silence = new byte[3 * 160 + 77];
            Arrays.fill(silence, (byte) 0xFF);
            NumberedReader reader = new NumberedReader(VendorAudio.MULAW_8K);

            List<Piece> pieces =
                    reader.read(NumberedAudio.joined(NumberedAudio.speaking(7), silence, NumberedAudio.silent(8)));

            assertThat(pieces)
                    .containsExactly(
                            new Piece.Numbered(7, true),
                            new Piece.Unnumbered(false),
                            new Piece.Unnumbered(false),
                            new Piece.Unnumbered(false),
                            new Piece.Numbered(8, false));
            assertThat(reader.unnumberedBytes()).isEqualTo(3 * 160 + 77);
        }

        @Test
        void shouldNotTakeAPartOfAFrameForAFrame() {
            byte[] two = NumberedAudio.joined(NumberedAudio.speaking(1_000), NumberedAudio.speaking(1_001));
            for (int from = 1; from < 160; from++) {
                assertThat(NumberedAudio.frameAt(two, from)).as("from %d", from).isEmpty();
            }
        }

        @Test
        void shouldTellSpeechByItsLevelWhereNumbersCannotBeRead() {
            NumberedReader reader = new NumberedReader(VendorAudio.L16_16K);
            byte[] speech = NumberedAudio.encoded(
                    NumberedAudio.joined(NumberedAudio.speaking(1), NumberedAudio.speaking(2)), Encoding.L16);
            byte[] quiet = NumberedAudio.encoded(
                    NumberedAudio.joined(NumberedAudio.silent(3), NumberedAudio.silent(4)), Encoding.L16);

            assertThat(reader.read(NumberedAudio.joined(speech, quiet)))
                    .containsExactly(new Piece.Unnumbered(true), new Piece.Unnumbered(false));
        }
    }

    /** As the gateway's own voice activity detection hears it. */
    @Nested
    class Hearing {

        private static List<FrameVoice> hear(Encoding encoding, List<byte[]> frames) {
            AudioFormat format = new AudioFormat(encoding, 8_000, Ptime.MS_20);
            FrameDecoder decoder = new FrameDecoder(format);
            DtmfDetector dtmf = new DtmfDetector(DtmfRules.DEFAULT, format);
            ToneDetector tones = new ToneDetector(format);
            VoiceActivity voice = new VoiceActivity(VoiceRules.DEFAULT, format);
            List<FrameVoice> heard = new ArrayList<>();
            for (byte[] frame : frames) {
                float[] samples = decoder.decode(new AudioFrame(NumberedAudio.encoded(frame, encoding), heard.size()));
                dtmf.onFrame(samples);
                tones.onFrame(samples, dtmf.heardInFrame());
                boolean explained = dtmf.heardInFrame() || tones.heardInFrame();
                assertThat(explained)
                        .as("key or tone in frame %d", heard.size())
                        .isFalse();
                heard.add(voice.onFrame(samples, explained));
            }
            return heard;
        }

        @ParameterizedTest
        @EnumSource(Encoding.class)
        void shouldHearSilentFramesAsALineWithoutSpeech(Encoding encoding) {
            List<FrameVoice> heard = hear(
                    encoding,
                    IntStream.range(0, 5_000).mapToObj(NumberedAudio::silent).toList());

            assertThat(heard).containsOnly(FrameVoice.UNVOICED);
        }

        @ParameterizedTest
        @EnumSource(Encoding.class)
        void shouldHearSpeakingFramesAsVoiceHoweverLong(Encoding encoding) {
            List<FrameVoice> heard = hear(
                    encoding,
                    IntStream.range(0, 5_000).mapToObj(NumberedAudio::speaking).toList());

            for (int i = 0; i < heard.size(); i++) {
                if (i % 25 != 12) {
                    assertThat(heard.get(i)).as("frame %d", i).isEqualTo(FrameVoice.VOICED);
                }
            }
        }

        @ParameterizedTest
        @EnumSource(Encoding.class)
        void shouldFindEachUtteranceWhereItIs(Encoding encoding) {
            List<byte[]> frames = IntStream.range(0, 3_000)
                    .mapToObj(n -> n % 300 >= 50 && n % 300 < 200 ? NumberedAudio.speaking(n) : NumberedAudio.silent(n))
                    .toList();
            Endpointer endpointer = new Endpointer(EndpointRules.DEFAULT, Ptime.MS_20);
            List<Long> starts = new ArrayList<>();
            List<Long> ends = new ArrayList<>();
            List<FrameVoice> heard = hear(encoding, frames);
            for (int i = 0; i < heard.size(); i++) {
                switch (endpointer.onFrame(i * 20L, heard.get(i))) {
                    case Endpoint.SpeechStarted(long offsetMs) -> starts.add(offsetMs);
                    case Endpoint.UtteranceEnded ended -> ends.add(ended.endMs());
                    case Endpoint.SpeechEnded ignored -> {}
                    case Endpoint.Nothing ignored -> {}
                }
            }

            assertThat(starts)
                    .isEqualTo(IntStream.range(0, 10)
                            .mapToObj(i -> (i * 300 + 50) * 20L)
                            .toList());
            assertThat(ends)
                    .isEqualTo(IntStream.range(0, 10)
                            .mapToObj(i -> (i * 300 + 200) * 20L)
                            .toList());
        }
    }
}
