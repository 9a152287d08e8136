package io.steadyline.stt.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    @Test
    void shouldJoinLittleEndianBytes() {
        AudioFormat format = new AudioFormat(Encoding.L16, 8000, Ptime.MS_10);
        byte[] payload = new byte[format.frameBytes()];
        payload[0] = (byte) 0xFF;
        payload[1] = 0x7F;
        payload[3] = (byte) 0x80;
        payload[4] = (byte) 0xFE;
        payload[5] = (byte) 0xFF;
        float[] samples = new FrameDecoder(format).decode(new AudioFrame(payload, 0));
        assertThat(samples).hasSize(80).startsWith(32_767, -32_768, -2, 0);
    }

    @Test
    void shouldRefuseAFrameOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameDecoder(AudioFormat.MULAW_8K).decode(new AudioFrame(new byte[80], 0)))
                .withMessage("payloadBytes: 80 (expected: 160, one frame)");
    }
}
