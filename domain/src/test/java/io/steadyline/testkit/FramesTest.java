package io.steadyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.MediaItem;
import io.steadyline.media.Ptime;
import org.junit.jupiter.api.Test;

class FramesTest {

    @Test
    void shouldCarryTheNumberThroughTheWholePayload() {
        assertThat(Frames.numbered(12345).payload()).hasSize(160);
        assertThat(Frames.numberOf(Frames.numbered(12345))).isEqualTo(12345);
        assertThat(Frames.numbered(12345).position()).isEqualTo(12345);
    }

    @Test
    void shouldFillAFrameOfAnyFormat() {
        for (Encoding encoding : Encoding.values()) {
            for (int sampleRateHz : new int[] {8000, 16000, 24000}) {
                for (Ptime ptime : Ptime.values()) {
                    AudioFormat format = new AudioFormat(encoding, sampleRateHz, ptime);
                    byte[] payload = Frames.payload(-7, format);
                    assertThat(payload).hasSize(format.frameBytes());
                    assertThat(Frames.numberOf(payload)).isEqualTo(-7);
                }
            }
        }
    }

    @Test
    void shouldCountUpwards() {
        assertThat(Frames.numberedFrom(5, 3)).extracting(Frames::numberOf).containsExactly(5L, 6L, 7L);
    }

    @Test
    void shouldFindAMixedPayload() {
        byte[] payload = Frames.numbered(1).payload();
        payload[159] = 2;
        assertThatThrownBy(() -> Frames.numberOf(payload)).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldFindThatThereIsNoFrame() {
        assertThatThrownBy(() -> Frames.numberOf((MediaItem) null))
                .isInstanceOf(AssertionError.class)
                .hasMessage("item: null (expected: a numbered frame)");
    }

    @Test
    void shouldFindACutPayload() {
        assertThatThrownBy(() -> Frames.numberOf(new byte[159])).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Frames.numberOf(new byte[0])).isInstanceOf(AssertionError.class);
    }
}
