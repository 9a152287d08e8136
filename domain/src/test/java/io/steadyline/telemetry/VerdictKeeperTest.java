package io.steadyline.telemetry;

import static io.steadyline.telemetry.Seconds.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.CallState;
import org.junit.jupiter.api.Test;

class VerdictKeeperTest {

    private final VerdictKeeper keeper = new VerdictKeeper(HealthLimits.R17);

    @Test
    void shouldBeNoGoWhenNothingWasJudged() {
        keeper.add(healthy().state(CallState.CLOSED).number(0));
        keeper.add(healthy().state(CallState.LINGERING).number(1));
        assertThat(keeper.goNoGo().go()).isFalse();
        assertThat(keeper.goNoGo().secondsJudged()).isZero();
        assertThat(keeper.goNoGo().findings())
                .extracting(Finding::toString)
                .containsExactly("call: no full second of media (expected: at least one) [PROVIDER]");
        assertThat(keeper.verdict()).isEqualTo(CallVerdict.UNJUDGED);
    }

    @Test
    void shouldBeGoWhenEverySecondWasHealthy() {
        for (int second = 0; second < 7; second++) {
            keeper.add(healthy().number(second));
        }
        assertThat(keeper.goNoGo().go()).isTrue();
        assertThat(keeper.goNoGo().findings()).isEmpty();
        assertThat(keeper.goNoGo().secondsJudged()).isEqualTo(7);
        assertThat(keeper.verdict().isHealthy()).isTrue();
        assertThat(keeper.verdict()).isEqualTo(new CallVerdict(FaultSide.NONE, 7, 0, ""));
    }

    @Test
    void shouldBeNoGoForOneUnhealthySecond() {
        keeper.add(healthy().number(0));
        keeper.add(healthy().rxDrops(2).rxDepth(40).number(1));
        assertThat(keeper.goNoGo().go()).isFalse();
        assertThat(keeper.goNoGo().findings())
                .extracting(Finding::what)
                .containsExactly("RX q=40 (expected: below 20)", "RX drops=2 (expected: 0)");
        assertThat(keeper.verdict().isHealthy()).isFalse();
        assertThat(keeper.verdict())
                .isEqualTo(
                        new CallVerdict(FaultSide.PROVIDER, 2, 1, "second 1: RX q=40 (expected: below 20) [PROVIDER]"));
    }

    @Test
    void shouldBlameTheSideWithTheMostSecondsAndTellItsFirstReason() {
        keeper.add(healthy().loopMs(200).number(0));
        keeper.add(healthy().number(1));
        keeper.add(healthy().txDrops(1).number(2));
        keeper.add(healthy().txDrops(5).number(3));
        assertThat(keeper.verdict())
                .isEqualTo(new CallVerdict(FaultSide.AGENT, 4, 3, "second 2: TX drops=1 (expected: 0) [AGENT]"));
    }

    @Test
    void shouldKeepABoundedNumberOfFindings() {
        for (int second = 0; second < 150; second++) {
            keeper.add(healthy().txDrops(1).txDepth(30).number(second));
        }
        keeper.add(healthy().txDrops(1).number(150));
        assertThat(keeper.goNoGo().findings()).hasSize(100);
        assertThat(keeper.goNoGo().secondsJudged()).isEqualTo(151);
        assertThat(keeper.verdict().secondsUnhealthy()).isEqualTo(151);
    }
}
