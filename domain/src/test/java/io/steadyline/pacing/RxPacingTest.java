package io.steadyline.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.Ptime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RxPacingTest {

    @Test
    void shouldHaveTheNumbersOfTheRequirementAsDefault() {
        assertThat(RxPacing.DEFAULT).isEqualTo(new RxPacing(Ptime.MS_20, 100, 20, 10, 18, 4, Duration.ofSeconds(3)));
    }

    @Test
    void shouldAllowALeaveLevelJustBelowTheEnterLevel() {
        assertThat(rules(10, 9, 2).drainLeaveFrames()).isEqualTo(9);
        assertThat(rules(1, 0, 2).drainLeaveFrames()).isZero();
    }

    @Test
    void shouldRefuseLevelsWithoutHysteresis() {
        assertThatThrownBy(() -> rules(10, 10, 2))
                .hasMessage("drainLeaveFrames: 10 (expected: 0 or more and below drainEnterFrames, 10)");
        assertThatThrownBy(() -> rules(10, -1, 2)).hasMessageStartingWith("drainLeaveFrames: -1 (expected: 0 or more");
    }

    @Test
    void shouldRefuseADrainThatIsNoFasterThanRealTime() {
        assertThatThrownBy(() -> rules(10, 5, 1)).hasMessage("drainFramesPerTurn: 1 (expected: 2 or more)");
    }

    private static RxPacing rules(int enter, int leave, int perTurn) {
        return new RxPacing(Ptime.MS_20, enter, leave, perTurn, 20, 4, Duration.ofSeconds(3));
    }
}
