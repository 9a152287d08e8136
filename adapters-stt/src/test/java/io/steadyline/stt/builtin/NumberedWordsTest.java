package io.steadyline.stt.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedWordsTest {

    @ParameterizedTest
    @CsvSource({
        "'',                     utterance 1",
        "utterance 1,            utterance 2",
        "utterance 41,           utterance 42",
        "utterance 999999999,    utterance 1000000000",
        "utterance 1000000000,   utterance 1",
        "utterance,              utterance 1",
        "utterance -3,           utterance 1",
        "I said utterance 3,     utterance 1",
    })
    void shouldGoOnAfterTheLastWords(String lastSaid, String next) {
        assertThat(new NumberedWords(lastSaid).next()).isEqualTo(next);
    }
}
