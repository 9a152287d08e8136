package io.steadyline.telemetry;

import static io.steadyline.telemetry.Seconds.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class TelemetryLineTest {

    @Test
    void shouldHaveExactlyTheShapeOfTheRequirement() {
        assertThat(TelemetryLine.of(healthy().number(0).rx()))
                .isEqualTo("[RX] mode=normal fps_in=50.0 q=1 drops=0 write_ms=0.010");
        assertThat(TelemetryLine.of(healthy()
                        .draining()
                        .fpsIn(12.34)
                        .rxDepth(101)
                        .rxDrops(7)
                        .writeMs(2.1)
                        .number(0)
                        .rx()))
                .isEqualTo("[RX] mode=drain fps_in=12.3 q=101 drops=7 write_ms=2.100");
        assertThat(TelemetryLine.of(healthy().number(0).tx())).isEqualTo("[TX] fps=50.0 q=3 drops=0");
        assertThat(TelemetryLine.of(
                        healthy().txFps(0).txDepth(95).txDrops(2).number(0).tx()))
                .isEqualTo("[TX] fps=0.0 q=95 drops=2");
    }

    @Test
    void shouldNameModeChangesAsTheRequirementDoes() {
        assertThat(TelemetryLine.drainEntered(100)).isEqualTo("RX: entering DRAIN mode (q=100)");
        assertThat(TelemetryLine.drainLeft(20)).isEqualTo("RX: back to NORMAL mode (q=20)");
    }

    @Test
    @ResourceLock(Resources.LOCALE)
    void shouldWriteNumbersTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(TelemetryLine.of(healthy().number(0).tx())).isEqualTo("[TX] fps=50.0 q=3 drops=0");
            assertThat(TelemetryLine.of(healthy().number(0).rx())).contains("fps_in=50.0", "write_ms=0.010");
            assertThat(new HealthJudge(HealthLimits.R17)
                            .judge(healthy().fpsIn(1.5).number(0)))
                    .extracting(Finding::what)
                    .containsExactly("RX fps_in=1.5 (expected: 45 to 55)");
        } finally {
            Locale.setDefault(before);
        }
    }
}
