package io.steadyline.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.telemetry.Metric;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterTest {

    @Test
    void shouldAddUpUnderTheSameLabels() {
        Counter failures = new Counter(Metric.STT_FAILURES);
        failures.at("builtin", "quota").increment();
        failures.at("builtin", "quota").increment();
        failures.at("builtin", "auth").increment();
        assertThat(failures.at("builtin", "quota").sum()).isEqualTo(2);
    }

    @Test
    void shouldCountAsOtherWhatComesAfter64() {
        Counter failures = new Counter(Metric.STT_FAILURES);
        Set<Object> totals = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            failures.at("builtin", "code-" + i).increment();
            totals.add(failures.at("builtin", "code-" + i));
        }
        assertThat(totals).hasSize(65);
        assertThat(failures.at("builtin", "code-63").sum()).isEqualTo(1);
        assertThat(failures.at("builtin", "code-64").sum()).isEqualTo(936);
    }

    @Test
    void shouldRefuseAWrongNumberOfLabels() {
        assertThatThrownBy(() -> new Counter(Metric.STT_FAILURES).at("builtin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("STT_FAILURES label values: [builtin] (expected: one each of [provider, category])");
    }
}
