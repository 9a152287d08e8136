package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeSettingsTest {

    @Test
    void shouldReturnToTheFirstVendorUnlessThatIsSwitchedOff() {
        assertThat(RuntimeSettings.DEFAULT.returns()).isTrue();
        assertThat(withSendTimeoutAndReturn(100, 0).returns()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 99, 3_600_001})
    void shouldNameATimeThatIsOutOfRange(long ms) {
        assertThatThrownBy(() -> withSendTimeoutAndReturn(ms, 0))
                .hasMessage("sendTimeout: " + Duration.ofMillis(ms) + " (expected: PT0.1S to PT1H)");
    }

    private static RuntimeSettings withSendTimeoutAndReturn(long sendMs, long returnMs) {
        RuntimeSettings usual = RuntimeSettings.DEFAULT;
        return new RuntimeSettings(
                usual.connectTimeout(),
                Duration.ofMillis(sendMs),
                usual.resultTimeout(),
                usual.retryBudget(),
                usual.breakerOpen(),
                Duration.ofMillis(returnMs),
                usual.drain(),
                usual.buffer(),
                usual.replay());
    }
}
