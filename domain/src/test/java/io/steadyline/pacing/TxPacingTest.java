package io.steadyline.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.Ptime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TxPacingTest {

    @ParameterizedTest
    @CsvSource({"MS_20, 0, 1", "MS_20, 19, 1", "MS_20, 20, 2", "MS_20, 40, 3", "MS_10, 40, 5", "MS_30, 200, 7"})
    void shouldAllowTheLeadAndTheDueFrameInOneTurn(Ptime ptime, long leadMs, int expected) {
        assertThat(new TxPacing(ptime, Duration.ofMillis(leadMs)).maxFramesPerTurn())
                .isEqualTo(expected);
    }

    @Test
    void shouldRefuseALeadThatDelaysEveryClear() {
        assertThat(lead(200).lead()).hasMillis(200);
        assertThatThrownBy(() -> lead(201)).hasMessage("lead: 201 ms (expected: 0 to 200 ms)");
    }

    @Test
    void shouldRefuseANegativeLead() {
        assertThat(lead(0).lead()).isZero();
        assertThatThrownBy(() -> lead(-1)).hasMessage("lead: -1 ms (expected: 0 to 200 ms)");
    }

    private static TxPacing lead(long ms) {
        return new TxPacing(Ptime.MS_20, Duration.ofMillis(ms));
    }
}
