package io.steadyline.stt.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BenchTest {

    /** Such a case ran, though its vendor has no words for it. */
    @Test
    void shouldNotLeaveOutACaseThatDoesNotExist() {
        Bench.SetUp any = Benches.all().values().iterator().next();
        try (Bench bench = any.start()) {
            assertThatThrownBy(() -> bench.notFor("quotas"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("without: [quotas] (expected: names of cases: slow open, happy path,");
        }
    }
}
