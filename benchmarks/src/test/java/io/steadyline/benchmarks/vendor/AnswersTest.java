package io.steadyline.benchmarks.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final int HALF_A_SECOND_BYTES = 8_000;

    @Test
    void shouldAnswerWithTheLastByteOfEachHalfSecond() {
        Answers answers = new Answers();
        assertThat(answers.onAudio(HALF_A_SECOND_BYTES - 1)).isNull();
        assertThat(text(answers.onAudio(1)))
                .isEqualTo("{\"type\":\"transcription\",\"is_final\":false,"
                        + "\"alternatives\":[{\"transcript\":\"w\",\"confidence\":0.9}]}");
        assertThat(answers.onAudio(1)).isNull();
        assertThat(answers.audioMs()).isEqualTo(500);
    }

    @Test
    void shouldMakeEveryFourthFinal() {
        Answers answers = new Answers();
        for (int half = 1; half <= 8; half++) {
            assertThat(text(answers.onAudio(HALF_A_SECOND_BYTES)).contains("\"is_final\":true"))
                    .as("answer %s", half)
                    .isEqualTo(half % 4 == 0);
        }
        assertThat(text(answers.onStop())).contains("\"is_final\":true");
    }

    private static String text(byte @Nullable [] answer) {
        assertThat(answer).isNotNull();
        return new String(answer, StandardCharsets.US_ASCII);
    }
}
