package io.steadyline.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.simulator.ws.Opcode;
import io.steadyline.simulator.ws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class ATag {

        @Test
        void shouldCarryCallNumberAndTime() {
            EchoTag tag = new EchoTag(false);
            byte[] audio = new byte[160];
            tag.write(audio, 4_999, 1_234_567, Long.MIN_VALUE + 17);
            byte[] message = Base64.getEncoder().encode(audio);
            assertThat(tag.read(message, 0, message.length)).isTrue();
            assertThat(tag.call()).isEqualTo(4_999);
            assertThat(tag.number(0)).isEqualTo(1_234_567);
            assertThat(tag.sentNs()).isEqualTo(Long.MIN_VALUE + 17);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, (1 << 24) - 1, 1 << 24, (1 << 24) + 5, 50_000_000})
        void shouldLeaveRoomForSpeechAndStillBeKnown(int frame) {
            EchoTag tag = new EchoTag(true);
            byte[] audio = new byte[160];
            tag.write(audio, 70_000, frame, 1);
            for (int i = 6; i < audio.length; i++) {
                assertThat(audio[i]).isZero();
            }
            byte[] message = Base64.getEncoder().encode(audio);
            assertThat(tag.read(message, 0, message.length)).isTrue();
            assertThat(tag.call()).isEqualTo(tag.callAsCarried(70_000));
            assertThat(tag.number(Math.max(-1, frame - 40))).isEqualTo(frame);
            assertThat(tag.number(frame + 40)).isEqualTo(frame);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "!!!!!!!!!!!!!!!!!!!!!!!!", "ééééééééééééé"})
        void shouldNotBeFoundInOtherAudio(String payload) {
            byte[] message = payload.getBytes(StandardCharsets.UTF_8);
            assertThat(new EchoTag(false).read(message, 0, message.length)).isFalse();
        }
    }

    @Nested
    class AFrame {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 7, 8, 125, 126, 427, 4_000})
        void shouldBeReadBackByTheRulesOfTheProtocol(int length) {
            byte[] payload = new byte[length];
            for (int i = 0; i < length; i++) {
                payload[i] = (byte) (i * 31);
            }
            ByteBuffer frame = new MaskedFrame(99).text(payload, length);
            assertThat(frame.get()).isEqualTo((byte) 0x81);
            int first = frame.get() & 0xFF;
            assertThat(first & 0x80).isEqualTo(0x80);
            assertThat((first & 0x7F) == 126 ? frame.getShort() : first & 0x7F).isEqualTo(length);
            byte[] key = new byte[4];
            frame.get(key);
            byte[] read = new byte[frame.remaining()];
            frame.get(read);
            for (int i = 0; i < read.length; i++) {
                read[i] ^= key[i % 4];
            }
            assertThat(read).isEqualTo(payload);
        }

        @Test
        void shouldHaveAKeyOfItsOwn() {
            MaskedFrame frames = new MaskedFrame(5);
            int first = frames.text(text("a"), 1).getInt(2);
            assertThat(frames.text(text("a"), 1).getInt(2)).isNotEqualTo(first);
        }

        @Test
        void shouldNotBeLongerThanItsBuffer() {
            assertThatThrownBy(() -> new MaskedFrame(1).text(new byte[5_000], 5_000))
                    .hasMessageContaining("length: 5000 (expected: 4088 at most)");
        }
    }

    @Nested
    class TheScanner {

        private final List<String> found = new ArrayList<>();

        private int scan(byte[] bytes, int end) throws ProtocolException {
            return FrameScanner.scan(bytes, 0, end, 1_000, (opcode, in, from, to) -> {
                found.add(opcode + ":" + new String(in, from, to - from, StandardCharsets.US_ASCII));
                return opcode != Opcode.CLOSE;
            });
        }

        @Test
        void shouldFindWholeFramesAndSayWhereTheRestBegins() throws ProtocolException {
            byte[] bytes = text("\u0001\u0002ab\u0009\u0000\u0001~\u0001\u0003" + "x".repeat(259));
            bytes[0] = (byte) 0x81;
            bytes[4] = (byte) 0x89;
            bytes[6] = (byte) 0x81;
            for (int end = 0; end < bytes.length; end++) {
                found.clear();
                int rest = scan(bytes, end);
                assertThat(rest).isEqualTo(end < 4 ? 0 : end < 6 ? 4 : 6);
            }
            found.clear();
            assertThat(scan(bytes, bytes.length)).isEqualTo(bytes.length);
            assertThat(found).containsExactly("1:ab", "9:", "1:" + "x".repeat(259));
        }

        @Test
        void shouldRefuseWhatAServerMustNotSend() {
            assertThatThrownBy(() -> scan(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 0}, 7))
                    .hasMessageContaining("masked");
            assertThatThrownBy(() -> scan(new byte[] {0x01, 0x01, 0}, 3)).hasMessageContaining("in pieces");
            assertThatThrownBy(() -> scan(new byte[] {(byte) 0x81, 0x7E, 0x10, 0x00}, 4))
                    .hasMessageContaining("4096 bytes (expected: 1000 at most)");
        }
    }

    @Test
    void shouldFindThePayloadWhereverItStands() {
        PayloadFinder finder = new PayloadFinder();
        for (String message : List.of(
                "{\"event\":\"media\",\"media\":{\"payload\":\"AA==\"}}",
                "{\"media\":{\"payload\":\"AA==\"},\"event\":\"media\"}",
                "{\"media\":{\"payload\":\"AA==\"},\"event\":\"media\"}")) {
            byte[] bytes = text("#" + message);
            assertThat(finder.find(bytes, 1, bytes.length))
                    .isEqualTo(new String(bytes, StandardCharsets.US_ASCII).indexOf("AA=="));
        }
        byte[] mark = text("{\"event\":\"mark\"}");
        assertThat(finder.find(mark, 0, mark.length)).isEqualTo(PayloadFinder.NONE);
    }
}
