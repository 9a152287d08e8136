package io.steadyline.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Frames;
import io.steadyline.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {

    private static final int FRAME_BYTES = 160;

    private final List<AudioFrame> frames = new ArrayList<>();
    private final Framer framer = new Framer(AudioFormat.MULAW_8K);

    @Nested
    class WhenChunksAreFrames {

        @Test
        void shouldPassTheSameArrayThroughWithoutACopy() {
            byte[] first = bytes(FRAME_BYTES, 1);
            byte[] second = bytes(FRAME_BYTES, 2);
            framer.add(first, frames::add);
            framer.add(second, frames::add);
            assertThat(frames.get(0).payload()).isSameAs(first);
            assertThat(frames.get(1).payload()).isSameAs(second);
        }

        @Test
        void shouldNumberFramesFromZero() {
            for (int i = 0; i < 3; i++) {
                framer.add(bytes(FRAME_BYTES, i), frames::add);
            }
            assertThat(frames).extracting(AudioFrame::position).containsExactly(0L, 1L, 2L);
            assertThat(framer.nextPosition()).isEqualTo(3);
        }

        @Test
        void shouldLeaveNothingToFlush() {
            framer.add(bytes(FRAME_BYTES, 1), frames::add);
            framer.flush(frames::add);
            assertThat(frames).hasSize(1);
            assertThat(framer.restBytes()).isZero();
        }
    }

    @Nested
    class WhenChunksAreSmaller {

        @Test
        void shouldGiveNothingOneByteBeforeTheFrameIsWhole() {
            framer.add(bytes(FRAME_BYTES - 1, 1), frames::add);
            assertThat(frames).isEmpty();
            assertThat(framer.restBytes()).isEqualTo(FRAME_BYTES - 1);
            assertThat(framer.nextPosition()).isZero();
        }

        @Test
        void shouldGiveTheFrameWithItsLastByte() {
            byte[] whole = countingBytes(FRAME_BYTES);
            framer.add(Arrays.copyOf(whole, FRAME_BYTES - 1), frames::add);
            framer.add(Arrays.copyOfRange(whole, FRAME_BYTES - 1, FRAME_BYTES), frames::add);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().payload()).isEqualTo(whole);
            assertThat(framer.restBytes()).isZero();
            assertThat(framer.nextPosition()).isEqualTo(1);
        }

        @Test
        void shouldIgnoreAnEmptyChunk() {
            framer.add(new byte[0], frames::add);
            framer.add(bytes(5, 1), frames::add);
            framer.add(new byte[0], frames::add);
            assertThat(frames).isEmpty();
            assertThat(framer.restBytes()).isEqualTo(5);
        }

        @Test
        void shouldNotKeepTheGiversArrayForARest() {
            byte[] chunk = bytes(100, 1);
            framer.add(chunk, frames::add);
            Arrays.fill(chunk, (byte) 99);
            framer.add(bytes(60, 1), frames::add);
            assertThat(frames.getFirst().payload()).isEqualTo(bytes(FRAME_BYTES, 1));
        }
    }

    @Nested
    class WhenChunksAreLarger {

        @Test
        void shouldCutOneByteMoreThanAFrameIntoAFrameAndARest() {
            byte[] chunk = countingBytes(FRAME_BYTES + 1);
            framer.add(chunk, frames::add);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().payload()).isEqualTo(Arrays.copyOf(chunk, FRAME_BYTES));
            assertThat(framer.restBytes()).isEqualTo(1);
        }

        @Test
        void shouldCutAWholeNumberOfFramesWithoutARest() {
            byte[] chunk = countingBytes(3 * FRAME_BYTES);
            framer.add(chunk, frames::add);
            assertThat(concatenated(frames)).isEqualTo(chunk);
            assertThat(frames).extracting(AudioFrame::position).containsExactly(0L, 1L, 2L);
            assertThat(framer.restBytes()).isZero();
        }

        @Test
        void shouldJoinAChunkOfOneFrameToTheRestBeforeIt() {
            framer.add(bytes(1, 7), frames::add);
            framer.add(bytes(FRAME_BYTES, 8), frames::add);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().payload()[0]).isEqualTo((byte) 7);
            assertThat(frames.getFirst().payload()[1]).isEqualTo((byte) 8);
            assertThat(framer.restBytes()).isEqualTo(1);
        }
    }

    @Nested
    class WhenFlushed {

        @ParameterizedTest
        @EnumSource(Encoding.class)
        void shouldPadTheTailWithTheCodecsSilence(Encoding encoding) {
            AudioFormat format = new AudioFormat(encoding, 8000, Ptime.MS_20);
            Framer framer = new Framer(format);
            framer.add(bytes(10, 5), frames::add);
            framer.flush(frames::add);
            byte[] expected = format.silentPayload();
            Arrays.fill(expected, 0, 10, (byte) 5);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().payload()).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 159})
        void shouldPadAllThatIsMissing(int restBytes) {
            framer.add(bytes(restBytes, 5), frames::add);
            framer.flush(frames::add);
            byte[] payload = frames.getFirst().payload();
            assertThat(payload).hasSize(FRAME_BYTES);
            assertThat(payload[restBytes - 1]).isEqualTo((byte) 5);
            assertThat(payload[restBytes]).isEqualTo((byte) 0xFF);
            assertThat(payload[FRAME_BYTES - 1]).isEqualTo((byte) 0xFF);
        }

        @Test
        void shouldGiveNothingWhenNothingWaits() {
            framer.flush(frames::add);
            assertThat(frames).isEmpty();
            assertThat(framer.nextPosition()).isZero();
        }

        @Test
        void shouldStartAnewAfterwards() {
            framer.add(bytes(10, 5), frames::add);
            framer.flush(frames::add);
            framer.flush(frames::add);
            byte[] next = bytes(FRAME_BYTES, 6);
            framer.add(next, frames::add);
            assertThat(frames).hasSize(2);
            assertThat(frames.get(1).payload()).isSameAs(next);
            assertThat(frames).extracting(AudioFrame::position).containsExactly(0L, 1L);
        }

        @Test
        void shouldNotWriteToAFrameThatWasGivenAway() {
            framer.add(bytes(10, 5), frames::add);
            framer.flush(frames::add);
            byte[] given = frames.getFirst().payload().clone();
            framer.add(bytes(20, 9), frames::add);
            framer.flush(frames::add);
            assertThat(frames.getFirst().payload()).isEqualTo(given);
        }
    }

    @Nested
    class WhenCutAtRandom {

        @Test
        void shouldGiveTheSameBytesAsTheirConcatenation() {
            Seeds.forEach(2_000, (seed, random) -> {
                AudioFormat format = anyFormat(random);
                Framer framer = new Framer(format);
                List<AudioFrame> made = new ArrayList<>();
                ByteArrayOutputStream given = new ByteArrayOutputStream();
                for (int i = 0; i < 20; i++) {
                    byte[] chunk = anyChunk(random, format.frameBytes());
                    given.writeBytes(chunk);
                    framer.add(chunk, made::add);
                    assertThat(made).hasSize(given.size() / format.frameBytes());
                    assertThat(framer.restBytes()).isEqualTo(given.size() % format.frameBytes());
                    assertThat(framer.nextPosition()).isEqualTo(made.size());
                }
                framer.flush(made::add);
                while (given.size() % format.frameBytes() != 0) {
                    given.write(format.encoding().silence());
                }
                assertThat(concatenated(made)).isEqualTo(given.toByteArray());
                assertThat(made).allMatch(frame -> frame.payloadBytes() == format.frameBytes());
                for (int i = 0; i < made.size(); i++) {
                    assertThat(made.get(i).position()).isEqualTo(i);
                }
            });
        }

        @Test
        void shouldRestoreNumberedFramesFromAnyCut() {
            Seeds.forEach(500, (seed, random) -> {
                byte[] stream = concatenated(Frames.numberedFrom(0, 20));
                Framer framer = new Framer(AudioFormat.MULAW_8K);
                List<AudioFrame> made = new ArrayList<>();
                int offset = 0;
                while (offset < stream.length) {
                    int end = Math.min(stream.length, offset + random.nextInt(400));
                    framer.add(Arrays.copyOfRange(stream, offset, end), made::add);
                    offset = end;
                }
                assertThat(made).hasSize(20).allMatch(frame -> Frames.numberOf(frame) == frame.position());
            });
        }

        private static AudioFormat anyFormat(RandomGenerator random) {
            return new AudioFormat(
                    Seeds.oneOf(random, Encoding.values()),
                    Seeds.oneOf(random, 8000, 16000, 24000),
                    Seeds.oneOf(random, Ptime.values()));
        }

        private static byte[] anyChunk(RandomGenerator random, int frameBytes) {
            int chunkBytes = switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1 -> frameBytes;
                case 2 -> frameBytes - 1 + random.nextInt(3);
                case 3 -> frameBytes * random.nextInt(4);
                default -> random.nextInt(3 * frameBytes);
            };
            byte[] chunk = new byte[chunkBytes];
            random.nextBytes(chunk);
            return chunk;
        }
    }

    private static byte[] bytes(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] countingBytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static byte[] concatenated(List<AudioFrame> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.payload()));
        return all.toByteArray();
    }
}
