package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioTextTest {

    private final AudioText audio = AudioText.own();

    @Test
    void shouldAgreeWithTheJdkForEveryLengthInTurnAndOutOfTheMiddleOfAMessage() {
        Seeds.forEach(300, (seed, random) -> {
            byte[] frame = new byte[random.nextInt(400)];
            random.nextBytes(frame);
            byte[] base64 = Base64.getEncoder().encode(frame);
            assertThat(Arrays.copyOf(audio.encode(frame), AudioText.encodedBytes(frame.length)))
                    .isEqualTo(base64);
            byte[] message = ("{\"payload\":\"" + new String(base64, StandardCharsets.US_ASCII) + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            if (frame.length > 0) {
                assertThat(audio.decode(message, 12, 12 + base64.length)).isEqualTo(frame);
            }
        });
    }

    @Test
    void shouldGiveAwayWhatItDecodes() {
        byte[] first = decode("AAAA");
        byte[] second = decode("////");
        assertThat(first).containsExactly(0, 0, 0);
        assertThat(second).containsExactly(-1, -1, -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAA=", "AAA"})
    void shouldTakeItWithAndWithoutPadding(String base64) {
        assertThat(decode(base64)).containsExactly(0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "A=", "=", "==", "AA=", "A===", "AA AA", "AAAA====", "AA=A", "A*AA"})
    void shouldRefuseWhatIsNone(String base64) {
        assertThatThrownBy(() -> decode(base64)).isInstanceOf(IllegalArgumentException.class);
    }

    private byte[] decode(String base64) {
        return audio.decode(base64.getBytes(StandardCharsets.US_ASCII), 0, base64.length());
    }
}
