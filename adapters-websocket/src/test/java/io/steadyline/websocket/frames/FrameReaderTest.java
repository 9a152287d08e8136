package io.steadyline.websocket.frames;

import static io.steadyline.websocket.frames.Wire.bytes;
import static io.steadyline.websocket.frames.Wire.frame;
import static io.steadyline.websocket.frames.Wire.header;
import static io.steadyline.websocket.frames.Wire.join;
import static io.steadyline.websocket.frames.Wire.letters;
import static io.steadyline.websocket.frames.Wire.shown;
import static io.steadyline.websocket.frames.Wire.text;
import static io.steadyline.websocket.frames.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.websocket.frames.FrameReader.Found;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    @Test
    void shouldNeedARingOfAPowerOfTwoThatHoldsAControlFrameAndAsMuchScratch() {
        assertThatThrownBy(() -> new FrameReader(ByteBuffer.allocate(300), 0, new byte[512], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("300");
        assertThatThrownBy(() -> new FrameReader(ByteBuffer.allocate(256), 0, new byte[255], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255");
        assertThatThrownBy(() -> new FrameReader(ByteBuffer.allocate(128), 0, new byte[128], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128");
    }

    @Nested
    class WholeFrames {

        @ParameterizedTest(name = "first byte {0}: {1}")
        @CsvSource({"0x81, TEXT", "0x82, BINARY", "0x89, PING", "0x8A, PONG"})
        void shouldKnowEveryOpcode(String firstByte, String found) {
            byte[] payload = utf8("hello");
            assertThat(RingFeed.read(frame(Integer.decode(firstByte), payload))).containsExactly(found + " hello");
            assertThat(RingFeed.read(frame(Integer.decode(firstByte), new byte[0])))
                    .containsExactly(found + " ");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 125, 126, 127, 128, 65_534, 65_535, 65_536, 70_000})
        void shouldReadEveryLengthInItsShortestForm(int length) {
            assertThat(RingFeed.read(frame(0x82, letters(length)))).containsExactly("BINARY " + shown(letters(length)));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 0x0000_00ff, 0xff00_0000, 0x8000_0000, 0x1234_5678, -1})
        void shouldTakeEveryMaskOff(int mask) {
            for (int length = 0; length < 40; length++) {
                assertThat(RingFeed.read(frame(0x82, letters(length), mask)))
                        .containsExactly("BINARY " + shown(letters(length)));
            }
        }

        @Test
        void shouldReadTextBesideTheAsciiOne() {
            assertThat(RingFeed.read(text("Grüße 😀"))).containsExactly("TEXT " + shown(utf8("Grüße 😀")));
        }

        @Test
        void shouldNotLookAtTheUtf8OfBinaryMessages() {
            assertThat(RingFeed.read(frame(0x82, bytes(0xff, 0xc0)))).hasSize(1);
        }

        @Test
        void shouldFindNothingBeforeTheLastByteIsThere() {
            for (byte[] whole : List.of(text("ab"), frame(0x82, letters(200)), frame(0x89, letters(3)))) {
                for (int cut = 0; cut < whole.length; cut++) {
                    RingFeed feed = new RingFeed(256, 1_000, 1_000);
                    feed.feed(whole, 0, cut);
                    assertThat(feed.seen()).isEmpty();
                    assertThat(feed.reader().offset()).isEqualTo(1_000);
                    assertThat(feed.reader().isPartlyElsewhere()).isFalse();
                    feed.feed(whole, cut, whole.length - cut);
                    assertThat(feed.seen()).hasSize(1);
                    assertThat(feed.reader().offset()).isEqualTo(1_000 + whole.length);
                }
            }
        }

        @Test
        void shouldReadManyFramesOutOfOneRead() {
            assertThat(RingFeed.read(join(text("one"), frame(0x89, utf8("p")), text("two"), Wire.close(1000, "bye"))))
                    .containsExactly("TEXT one", "PING p", "TEXT two", "CLOSE 1000 \u0003èbye");
        }
    }

    @Nested
    class TheRing {

        @Test
        void shouldReadAFrameThatWrapsAtEveryOffset() {
            byte[] whole = join(frame(0x82, letters(200)), text("next"));
            for (long offset = 0; offset < 256; offset++) {
                RingFeed feed = new RingFeed(256, offset, 1_000);
                assertThat(feed.feed(whole).seen())
                        .as("offset %d", offset)
                        .containsExactly("BINARY " + shown(letters(200)), "TEXT next");
                assertThat(feed.reader().offset()).isEqualTo(offset + whole.length);
                assertThat(feed.untaken()).isZero();
            }
        }

        @Test
        void shouldGoOnBeyondFourGigabytes() {
            for (long offset : new long[] {0x7fff_ff80L, 0xffff_ff80L, 0x12_3456_7890L}) {
                assertThat(new RingFeed(256, offset, 1_000)
                                .feed(join(frame(0x82, letters(200)), text("next")))
                                .seen())
                        .containsExactly("BINARY " + shown(letters(200)), "TEXT next");
            }
        }

        @Test
        void shouldKeepAFrameInTheRingThatJustFits() {
            RingFeed feed = new RingFeed(256, 77, 1_000);
            byte[] whole = frame(0x82, letters(256 - 8));
            feed.feed(whole, 0, 255);
            assertThat(feed.reader().offset()).isEqualTo(77);
            assertThat(feed.reader().isPartlyElsewhere()).isFalse();
            feed.feed(whole, 255, 1);
            assertThat(feed.seen()).containsExactly("BINARY " + shown(letters(248)));
        }

        @Test
        void shouldPutALargerFrameTogetherElsewhereAndSaySo() {
            RingFeed feed = new RingFeed(256, 77, 1_000);
            byte[] whole = frame(0x82, letters(256 - 7));
            feed.feed(whole, 0, 255);
            assertThat(feed.reader().isPartlyElsewhere()).isTrue();
            assertThat(feed.untaken()).isZero();
            feed.feed(whole, 255, 2);
            assertThat(feed.seen()).containsExactly("BINARY " + shown(letters(249)));
            assertThat(feed.reader().isPartlyElsewhere()).isFalse();
        }

        @Test
        void shouldReadALargeFrameInPiecesOfEverySize() {
            byte[] whole = join(frame(0x81, letters(1_000)), text("next"));
            for (int piece = 1; piece <= 256; piece++) {
                RingFeed feed = new RingFeed(256, 5, 1_000);
                for (int at = 0; at < whole.length; at += piece) {
                    feed.feed(whole, at, Math.min(piece, whole.length - at));
                }
                assertThat(feed.seen())
                        .as("pieces of %d bytes", piece)
                        .containsExactly("TEXT " + shown(letters(1_000)), "TEXT next");
            }
        }
    }

    @Nested
    class MessagesInParts {

        @Test
        void shouldPutThePartsTogether() {
            assertThat(RingFeed.read(
                            join(frame(0x01, utf8("one ")), frame(0x00, utf8("two ")), frame(0x80, utf8("three")))))
                    .containsExactly("TEXT one two three");
        }

        @Test
        void shouldTakeEmptyParts() {
            assertThat(RingFeed.read(
                            join(frame(0x02, new byte[0]), frame(0x00, new byte[0]), frame(0x80, new byte[0]))))
                    .containsExactly("BINARY ");
        }

        @Test
        void shouldTellControlFramesInBetween() {
            assertThat(RingFeed.read(join(
                            frame(0x01, utf8("a")),
                            frame(0x89, utf8("ping")),
                            frame(0x00, utf8("b")),
                            frame(0x8a, utf8("pong")),
                            frame(0x80, utf8("c")),
                            text("d"))))
                    .containsExactly("PING ping", "PONG pong", "TEXT abc", "TEXT d");
        }

        @Test
        void shouldTellACloseInBetween() {
            assertThat(RingFeed.read(join(frame(0x01, utf8("a")), frame(0x88, new byte[0]))))
                    .containsExactly("CLOSE 1005 ");
        }

        @Test
        void shouldTakeACharacterThatIsSplit() {
            byte[] smile = utf8("😀");
            assertThat(RingFeed.read(join(
                            frame(0x01, bytes(smile[0])),
                            frame(0x00, bytes(smile[1], smile[2])),
                            frame(0x80, bytes(smile[3])))))
                    .containsExactly("TEXT " + shown(smile));
        }

        @Test
        void shouldSayThatItIsPartlyElsewhereUntilTheLastPart() {
            RingFeed feed = new RingFeed(256, 0, 1_000);
            feed.feed(frame(0x01, utf8("a")));
            assertThat(feed.reader().isPartlyElsewhere()).isTrue();
            feed.feed(frame(0x89, utf8("ping")));
            assertThat(feed.reader().isPartlyElsewhere()).isTrue();
            feed.feed(frame(0x80, utf8("b")));
            assertThat(feed.reader().isPartlyElsewhere()).isFalse();
        }

        @Test
        void shouldMixPartsThatFitWithPartsThatDoNot() {
            byte[] whole = join(
                    frame(0x02, letters(300)),
                    frame(0x00, letters(10)),
                    frame(0x89, utf8("p")),
                    frame(0x80, letters(300)),
                    text("next"));
            assertThat(new RingFeed(256, 3, 1_000).feed(whole).seen())
                    .containsExactly(
                            "PING p", "BINARY " + shown(join(letters(300), letters(10), letters(300))), "TEXT next");
        }

        @Test
        void shouldKeepAMessageUntilTheNextIsAskedFor() throws ProtocolViolation {
            byte[] all = join(frame(0x01, utf8("a")), frame(0x80, utf8("b")), text("c"));
            ByteBuffer ring = ByteBuffer.allocate(256).put(0, all);
            FrameReader reader = new FrameReader(ring, 0, new byte[256], 100);
            List<Found> found = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                found.add(reader.next(all.length));
            }
            assertThat(found).containsExactly(Found.PART, Found.TEXT, Found.TEXT, Found.NOTHING);
        }
    }

    @Nested
    class Violations {

        @ParameterizedTest
        @ValueSource(ints = {0xc1, 0xa1, 0x91, 0xf1, 0xc9, 0xa8, 0x9a, 0x40})
        void shouldRefuseReservedBits(int firstByte) {
            assertThat(RingFeed.violation(frame(firstByte, utf8("x")))).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        void shouldRefuseReservedOpcodes(int opcode) {
            assertThat(RingFeed.violation(frame(0x80 | opcode, utf8("x")))).isEqualTo(1002);
            assertThat(RingFeed.violation(frame(opcode, utf8("x")))).isEqualTo(1002);
        }

        @Test
        void shouldRefuseAFrameWithoutAMask() {
            assertThat(RingFeed.violation(bytes(0x81, 0))).isEqualTo(1002);
            assertThat(RingFeed.violation(bytes(0x89, 0))).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 9, 10})
        void shouldRefuseControlFramesInParts(int opcode) {
            assertThat(RingFeed.violation(frame(opcode, new byte[0]))).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 9, 10})
        void shouldRefuseControlFramesBeyond125Bytes(int opcode) {
            byte[] most = opcode == 8 ? join(bytes(0x03, 0xe8), letters(123)) : letters(125);
            assertThat(RingFeed.read(frame(0x80 | opcode, most))).hasSize(1);
            assertThat(RingFeed.violation(frame(0x80 | opcode, letters(126)))).isEqualTo(1002);
            // Two bytes are enough to know.
            assertThat(RingFeed.violation(bytes(0x80 | opcode, 0xfe))).isEqualTo(1002);
            assertThat(RingFeed.violation(bytes(0x80 | opcode, 0xff))).isEqualTo(1002);
        }

        @Test
        void shouldRefuseAContinuationOfNothing() {
            assertThat(RingFeed.violation(frame(0x80, utf8("x")))).isEqualTo(1002);
            assertThat(RingFeed.violation(frame(0x00, utf8("x")))).isEqualTo(1002);
            assertThat(RingFeed.violation(join(frame(0x01, utf8("a")), frame(0x80, utf8("b")), frame(0x80, utf8("c")))))
                    .isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(ints = {0x01, 0x02, 0x81, 0x82})
        void shouldRefuseANewMessageBeforeTheEndOfAnother(int firstByte) {
            assertThat(RingFeed.violation(join(frame(0x01, utf8("a")), frame(firstByte, utf8("b")))))
                    .isEqualTo(1002);
        }

        @ParameterizedTest(name = "{0} bytes in {1} extra bytes of length: {2}")
        @CsvSource({
            "0, 2, 1002",
            "125, 2, 1002",
            "126, 2, 0",
            "127, 2, 0",
            "65535, 2, 0",
            "0, 8, 1002",
            "126, 8, 1002",
            "65535, 8, 1002",
            "65536, 8, 0",
            "1048576, 8, 0",
            "1048577, 8, 1009",
            "4294967296, 8, 1009",
            "4294967297, 8, 1009",
            "9223372036854775807, 8, 1009",
            "-9223372036854775808, 8, 1002",
            "-1, 8, 1002",
        })
        void shouldRefuseLengthsInALongerFormThanNeededOrBeyondTheLimit(long length, int extra, int code) {
            assertThat(RingFeed.violation(header(0x82, length, extra))).isEqualTo(code);
        }

        @Test
        void shouldRefuseWhatIsTooLongBeforeItComes() {
            RingFeed feed = new RingFeed(256, 0, 1_000);
            feed.feed(header(0x81, 1_001, 2));
            assertThat(feed.closeCode()).isEqualTo(1009);
            assertThat(feed.complaint()).contains("1001").contains("1000");
        }

        @Test
        void shouldCountAllPartsOfAMessage() {
            assertThat(new RingFeed(256, 0, 1_000)
                            .feed(join(frame(0x01, letters(600)), frame(0x80, letters(400))))
                            .seen())
                    .hasSize(1);
            assertThat(new RingFeed(256, 0, 1_000)
                            .feed(join(frame(0x01, letters(600)), header(0x00, 401, 2)))
                            .closeCode())
                    .isEqualTo(1009);
        }

        @Test
        void shouldRefuseAPartWhoseLengthOverflowsTheSum() {
            byte[] hostile = join(frame(0x01, utf8("a")), header(0x80, Long.MAX_VALUE, 8), letters(50));
            assertThat(RingFeed.violation(hostile)).isEqualTo(1009);
        }

        @Test
        void shouldRefuseTextThatIsNone() {
            assertThat(RingFeed.violation(frame(0x81, bytes('a', 0xed, 0xa0, 0x80))))
                    .isEqualTo(1007);
            assertThat(RingFeed.violation(frame(0x81, bytes(0xc3)))).isEqualTo(1007);
            assertThat(RingFeed.violation(join(frame(0x01, bytes(0xc3)), frame(0x80, bytes('a')))))
                    .isEqualTo(1007);
            assertThat(RingFeed.violation(frame(0x81, join(letters(300), bytes(0xff)))))
                    .isEqualTo(1007);
        }
    }

    @Nested
    class Closes {

        @Test
        void shouldKnowACloseWithoutACode() {
            assertThat(RingFeed.read(frame(0x88, new byte[0]))).containsExactly("CLOSE 1005 ");
        }

        @Test
        void shouldRefuseHalfACode() {
            assertThat(RingFeed.violation(frame(0x88, bytes(0x03)))).isEqualTo(1002);
        }

        @ParameterizedTest
        @ValueSource(
                ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
        void shouldTakeEveryCodeThatMayBeSent(int code) {
            assertThat(RingFeed.read(Wire.close(code, "")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("CLOSE " + code);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
        void shouldRefuseEveryOther(int code) {
            assertThat(RingFeed.violation(Wire.close(code, ""))).isEqualTo(1002);
        }

        @Test
        void shouldRefuseAReasonThatIsNoText() {
            assertThat(RingFeed.violation(frame(0x88, bytes(0x03, 0xe8, 'a', 0xc0, 0x80))))
                    .isEqualTo(1007);
        }
    }
}
