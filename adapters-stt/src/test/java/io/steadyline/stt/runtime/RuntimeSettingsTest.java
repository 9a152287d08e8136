package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.builtin.BuiltinSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeSettingsTest {

    @Test
    void shouldKeepItsTimesWithOtherEars() {
        assertThat(RuntimeSettings.DEFAULT.hearingWith(BuiltinSettings.DEFAULT)).isEqualTo(RuntimeSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 49, 600_001})
    void shouldNameATimeThatIsOutOfRange(long ms) {
        assertThatThrownBy(() -> with(ms, 100))
                .hasMessage("sendTimeout: " + Duration.ofMillis(ms) + " (expected: PT0.05S to PT10M)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001})
    void shouldNameARateThatIsOutOfRange(int connects) {
        assertThatThrownBy(() -> with(100, connects))
                .hasMessage("connectsPerSecond: " + connects + " (expected: 1 to 1000)");
    }

    private static RuntimeSettings with(long sendMs, int connectsPerSecond) {
        RuntimeSettings usual = RuntimeSettings.DEFAULT;
        return new RuntimeSettings(
                usual.connectTimeout(),
                Duration.ofMillis(sendMs),
                usual.resultTimeout(),
                usual.finalTimeout(),
                usual.drain(),
                usual.retryBudget(),
                usual.breakerOpen(),
                usual.returnAfter(),
                usual.replay(),
                connectsPerSecond,
                usual.ears());
    }
}
