package io.steadyline.websocket.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameWriterTest {

    private final ByteBuffer out = ByteBuffer.allocateDirect(70_000);

    @ParameterizedTest(name = "{0} bytes where at most {1} were announced")
    @CsvSource({
        "0, 0, 2, 0",
        "0, 125, 2, 0",
        "125, 125, 2, 125",
        "0, 126, 2, 0",
        "5, 1000, 2, 5",
        "125, 126, 2, 125",
        "126, 126, 4, 126",
        "127, 1000, 4, 126",
        "65535, 65535, 4, 126",
        "65535, 65536, 4, 126",
        "65536, 65536, 10, 127",
        "69000, 69990, 10, 127",
    })
    void shouldPutTheShortestHeaderBeforeAMessage(int bytes, int announced, int headerBytes, int code) {
        byte[] payload = Wire.letters(bytes);
        FrameWriter.begin(out, announced);
        out.put(payload);
        FrameWriter.end(out, announced, true);

        byte[] frame = written();
        assertThat(frame).hasSize(headerBytes + bytes);
        assertThat(frame[0]).isEqualTo((byte) 0x81);
        assertThat(frame[1]).isEqualTo((byte) code);
        ByteBuffer header = ByteBuffer.wrap(frame);
        assertThat(code == 126 ? header.getShort(2) & 0xffff : code == 127 ? header.getLong(2) : code)
                .isEqualTo(bytes);
        assertThat(frame).endsWith(payload);
    }

    @Test
    void shouldSayWhichMessagesAreBinary() {
        FrameWriter.begin(out, 10);
        out.put(Wire.bytes(0xff, 0));
        FrameWriter.end(out, 10, false);
        assertThat(written()).isEqualTo(Wire.bytes(0x82, 2, 0xff, 0));
    }

    @Test
    void shouldKnowHowMuchRoomAFrameNeeds() {
        assertThat(FrameWriter.maxFrameBytes(125)).isEqualTo(127);
        assertThat(FrameWriter.maxFrameBytes(65_535)).isEqualTo(65_539);
        assertThat(FrameWriter.maxFrameBytes(65_536)).isEqualTo(65_546);
        assertThatThrownBy(() -> FrameWriter.maxFrameBytes(Integer.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldAnswerAPingWithItsPayload() {
        FrameWriter.pong(out, Wire.letters(125), 125);
        assertThat(written()).isEqualTo(Wire.join(Wire.bytes(0x8a, 125), Wire.letters(125)));

        FrameWriter.pong(out, Wire.letters(5), 0);
        assertThat(written()).isEqualTo(Wire.bytes(0x8a, 0));
    }

    @Test
    void shouldCloseWithACodeAndAReason() {
        FrameWriter.close(out, CloseCode.SERVICE_RESTART, "back soon");
        assertThat(written()).isEqualTo(Wire.join(Wire.bytes(0x88, 11, 0x03, 0xf4), Wire.utf8("back soon")));
    }

    @Test
    void shouldCloseWithoutACodeWhenThePeerHadNone() {
        FrameWriter.close(out, CloseCode.NONE, "never seen");
        assertThat(written()).isEqualTo(Wire.bytes(0x88, 0));
    }

    @ParameterizedTest(name = "{0} letters before the euro sign: {1} bytes of reason")
    @CsvSource({"119, 122", "120, 123", "121, 121", "122, 122", "123, 123", "124, 123"})
    void shouldCutAReasonBetweenCharacters(int letters, int reasonBytes) {
        FrameWriter.close(out, CloseCode.NORMAL, "x".repeat(letters) + "€");
        byte[] frame = written();
        assertThat(frame).hasSize(4 + reasonBytes);
        assertThat(frame[1]).isEqualTo((byte) (2 + reasonBytes));
        assertThat(Utf8.isValid(frame, 4, reasonBytes)).isTrue();
        assertThat(new String(frame, 4, reasonBytes, StandardCharsets.UTF_8)).startsWith("x".repeat(119));
    }

    private byte[] written() {
        assertThat(out.position()).isZero();
        byte[] frame = new byte[out.remaining()];
        out.get(frame);
        return frame;
    }
}
