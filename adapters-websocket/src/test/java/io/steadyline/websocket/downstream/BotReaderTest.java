package io.steadyline.websocket.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name of a mark that a call would not take: it ended the call once. */
class BotReaderTest {

    private final BotReader reader = new BotReader(100_000);

    private BotSaid mark(String name) {
        return reader.read("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"" + name + "\"}}", "MZ1");
    }

    @Test
    void shouldTakeANameOfTheGreatestLength() {
        assertThat(mark("n".repeat(256))).isEqualTo(new BotSaid.Mark("n".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0001greeting", "a\\nb", "\\u0085"})
    void shouldNotTakeControlCharacters(String name) {
        assertThat(mark(name)).isInstanceOf(BotSaid.Unusable.class);
    }

    @Test
    void shouldNameTheLengthOfALongerOne() {
        assertThat(mark("n".repeat(257)))
                .isEqualTo(new BotSaid.Unusable(
                        "mark.name: 257 characters (expected: at most 256, none of them a control character)"));
    }
}
