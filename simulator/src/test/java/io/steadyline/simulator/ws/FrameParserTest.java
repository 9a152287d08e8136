package io.steadyline.simulator.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private static final int LIMIT = 70_000;

    private final List<String> seen = new ArrayList<>();
    private final FrameParser parser = new FrameParser(LIMIT);

    private final FrameSink sink = new FrameSink() {
        @Override
        public void onText(byte[] message, int length) {
            seen.add("text " + new String(message, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onBinary(byte[] message, int length) {
            seen.add("binary " + length);
        }

        @Override
        public void onPing(byte[] body) {
            seen.add("ping " + new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void onPong(byte[] body) {
            seen.add("pong " + body.length);
        }

        @Override
        public void onClose(CloseStatus status) {
            seen.add("close " + status.code() + " " + status.reason());
        }
    };

    private static byte[] frame(int firstByte, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
        frame.put((byte) firstByte);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] conversation() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(0x81, text("one")));
        out.writeBytes(frame(0x01, text("tw")));
        out.writeBytes(frame(0x89, text("are you there")));
        out.writeBytes(frame(0x00, text("")));
        out.writeBytes(frame(0x80, text("o")));
        out.writeBytes(frame(0x82, new byte[300]));
        out.writeBytes(frame(0x8A, new byte[125]));
        out.writeBytes(frame(0x82, new byte[66_000]));
        out.writeBytes(frame(0x88, new byte[] {3, (byte) 0xE9, 'b', 'y', 'e'}));
        out.writeBytes(text("after the Close nothing counts"));
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5})
    void shouldGiveTheSameCallsForAnySplit(long seed) throws ProtocolException {
        Random random = new Random(seed);
        byte[] bytes = conversation();
        int at = 0;
        while (at < bytes.length) {
            int part = seed == 0 ? 1 : Math.min(bytes.length - at, 1 + random.nextInt(5_000));
            parser.parse(ByteBuffer.wrap(bytes, at, part), sink);
            at += part;
        }
        assertThat(seen)
                .as("seed %d", seed)
                .containsExactly(
                        "text one",
                        "ping are you there",
                        "text two",
                        "binary 300",
                        "pong 125",
                        "binary 66000",
                        "close 1001 bye");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8180 | masked frame from a server",
                "C100 | reserved bits set without an extension",
                "8300 | reserved opcode 3",
                "8B00 | reserved opcode 11",
                "0900 | fragmented control frame",
                "897E007E | control frame of 126 bytes (expected: 125 at most)",
                "8000 | continuation without a message",
                "01008100 | new message inside a fragmented one",
                "880101 | Close frame with a body of 1 byte (expected: 0, or 2 and more)",
                "880203ED | Close frame with code 1005, which may not be sent"
            })
    void shouldRefuseWhatAServerMustNotSend(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex(hex.strip());
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(bytes), sink))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.closeCode()).isEqualTo(1002))
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"827F0000000000011171", "827FFFFFFFFFFFFFFFFF"})
    void shouldRefuseMoreThanItsLimit(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(bytes), sink))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.closeCode()).isEqualTo(1009));
    }

    @Test
    void shouldReadACloseWithoutABody() throws ProtocolException {
        parser.parse(ByteBuffer.wrap(new byte[] {(byte) 0x88, 0}), sink);
        assertThat(seen).containsExactly("close 1005 ");
    }

    @Test
    void shouldWriteWhatUnmasksToThePayload() {
        FrameWriter writer = new FrameWriter();
        for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536}) {
            byte[] payload = new byte[length];
            new Random(length).nextBytes(payload);
            ByteBuffer frame = writer.frame(0x81, payload, length, 0x1234_5678);
            int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
            assertThat(frame.remaining()).isEqualTo(header + 4 + length);
            assertThat(frame.get(1) & 0x80).isEqualTo(0x80);
            byte[] mask = {0x12, 0x34, 0x56, 0x78};
            for (int i = 0; i < length; i++) {
                assertThat((byte) (frame.get(header + 4 + i) ^ mask[i % 4])).isEqualTo(payload[i]);
            }
        }
    }

    @Test
    void shouldAnswerTheKeyOfTheRfc() {
        // RFC 6455 §1.3
        assertThat(Handshake.acceptFor("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
