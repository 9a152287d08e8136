package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {

    @Test
    void shouldLeaveAShortReasonAsItIs() {
        assertThat(CloseReason.of("no start within 5000 ms")).isEqualTo("no start within 5000 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "音", "\uD83D\uDE00", "\uD83D", "\u0007", "a音", "ab\uD83D\uDE00"})
    void shouldFitIntoAControlFrameWithoutHalfACharacter(String character) {
        String reason = CloseReason.of(character.repeat(200));
        assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(120, 123);
        assertThat(reason).doesNotContain("\uFFFD");
        assertThat(reason.chars()).noneMatch(Character::isISOControl);
    }
}
