package io.steadyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {

    private final List<Long> wokenAtNs = new ArrayList<>();

    @Test
    void shouldWakeTheLoopAtEveryMillisecondOfAnAdvance() {
        SimulatedTime time = SimulatedTime.waking(wokenAtNs::add);
        time.advance(3);
        assertThat(wokenAtNs).containsExactly(time.atMs(1), time.atMs(2), time.atMs(3));
        assertThat(time.elapsedMs()).isEqualTo(3);
    }

    @Test
    void shouldWakeTheLoopOnceAtTheEndOfAJump() {
        SimulatedTime time = SimulatedTime.waking(wokenAtNs::add);
        time.jump(27);
        time.jumpNs(500_000);
        assertThat(wokenAtNs).containsExactly(time.atMs(27), time.atMs(27) + 500_000);
        assertThat(time.msOf(time.nowNs())).isEqualTo(27.5);
    }

    @Test
    void shouldWakeTheLoopAtItsDeadlineBetweenTwoMilliseconds() {
        SimulatedTime clock = SimulatedTime.alone();
        long deadlineNs = clock.atMs(1) + 250_000;
        SimulatedTime time = SimulatedTime.waking(wokenAtNs::add, () -> deadlineNs);
        time.advance(2);
        assertThat(wokenAtNs).containsExactly(time.atMs(1), deadlineNs, time.atMs(2));
    }

    @Test
    void shouldWakeTheLoopOnceWhenItsDeadlineIsOnTheMillisecond() {
        SimulatedTime clock = SimulatedTime.alone();
        SimulatedTime time = SimulatedTime.waking(wokenAtNs::add, () -> clock.atMs(1));
        time.advance(2);
        assertThat(wokenAtNs).containsExactly(time.atMs(1), time.atMs(2));
    }

    @Test
    void shouldGoOnOverTheEndOfTheClock() {
        SimulatedTime time = SimulatedTime.waking(wokenAtNs::add).wrappingAfter(2);
        time.advance(4);
        assertThat(wokenAtNs).hasSize(4);
        assertThat(wokenAtNs.getFirst()).isPositive();
        assertThat(wokenAtNs.getLast()).isNegative();
        assertThat(time.elapsedMs()).isEqualTo(4);
    }

    @Test
    void shouldStandStillUntilTold() {
        SimulatedTime time = SimulatedTime.waking(wokenAtNs::add);
        time.advance(0);
        assertThat(time.nowNs()).isEqualTo(time.atMs(0));
        assertThat(wokenAtNs).isEmpty();
    }

    @Test
    void shouldRefuseToGoBack() {
        assertThatThrownBy(() -> SimulatedTime.alone().jump(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time to pass: -1 (expected: 0 or more)");
    }
}
