package io.steadyline.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"port,port,0", "prot,port,1", "por,port,1", "ports,port,1", "pert,port,1", "'',port,4", "abcd,port,4"})
    void shouldCountTypingErrors(String typed, String known, int distance) {
        assertThat(Suggestion.distance(typed, known)).isEqualTo(distance);
        assertThat(Suggestion.distance(known, typed)).isEqualTo(distance);
    }

    @Test
    void shouldStaySilentWhenNothingIsNear() {
        assertThat(Suggestion.nearest("colour", List.of("http.port", "log.level")))
                .isEmpty();
    }

    @Test
    void shouldTakeTheNearest() {
        assertThat(Suggestion.nearest("grpc.prt", List.of("http.port", "grpc.port")))
                .contains("grpc.port");
    }
}
