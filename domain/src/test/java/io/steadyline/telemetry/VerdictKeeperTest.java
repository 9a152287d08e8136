package io.steadyline.telemetry;

import static io.steadyline.telemetry.Seconds.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import org.junit.jupiter.api.Nested;
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

    @Nested
    class OfACallWhoseRecogniserFailed {

        private void fails(String message, boolean fatal) {
            keeper.onMoment(new CallMoment.SttFailed(0, "TRANSIENT", message, fatal));
        }

        private void isReady() {
            keeper.onMoment(new CallMoment.SttReady(0, 1));
        }

        @Test
        void shouldNameTheVendorThatWasDeadAllTheTime() {
            fails("alpha: refused with HTTP status 503 busy", false);
            for (int second = 0; second < 6; second++) {
                keeper.add(healthy().sttDepth(second * 50).number(second));
            }
            assertThat(keeper.verdict())
                    .isEqualTo(new CallVerdict(
                            FaultSide.RECOGNISER,
                            6,
                            5,
                            "STT: alpha: refused with HTTP status 503 busy (TRANSIENT), never ready; TX healthy;"
                                    + " second 1: STT q=50 while it is in trouble (expected: below 50)"
                                    + " [RECOGNISER]"));
        }

        @Test
        void shouldNameItThoughItsFailureIsKnownOnlyAfterTheAudioHasFilledTheQueue() {
            keeper.add(healthy().refusals(20).rxDepth(30).number(0));
            fails("alpha: no connection in time", false);
            keeper.add(healthy().refusals(20).rxDepth(80).sttDepth(200).number(1));
            assertThat(keeper.verdict().reason())
                    .isEqualTo("STT: alpha: no connection in time (TRANSIENT), never ready; TX healthy;"
                            + " second 0: RX q=30 (expected: below 20) [RECOGNISER]");
        }

        @Test
        void shouldTellSinceWhenItIsOut() {
            isReady();
            keeper.add(healthy().number(0));
            keeper.add(healthy().number(1));
            fails("alpha: closed with 1006", false);
            fails("alpha: left alone: closed with 1006", false);
            keeper.add(healthy().sttDepth(60).number(2));
            assertThat(keeper.verdict().reason())
                    .startsWith(
                            "STT: alpha: left alone: closed with 1006 (TRANSIENT), out since second 2; TX healthy;");
        }

        @Test
        void shouldTellWhenItCameBack() {
            isReady();
            fails("alpha: closed with 1006", false);
            keeper.add(healthy().sttDepth(60).number(0));
            isReady();
            keeper.add(healthy().number(1));
            assertThat(keeper.verdict().reason()).contains("(TRANSIENT), ready again in second 1;");
        }

        @Test
        void shouldTellThatItWasGivenUp() {
            keeper.add(healthy().number(0));
            fails("alpha: refused with HTTP status 401", true);
            keeper.add(healthy().refusals(50).rxDrops(50).number(1));
            assertThat(keeper.verdict().fault()).isEqualTo(FaultSide.RECOGNISER);
            assertThat(keeper.verdict().reason()).contains("401 (TRANSIENT), given up in second 1;");
        }

        @Test
        void shouldTellWhenTheCallerHeardItToo() {
            fails("alpha: refused", false);
            keeper.add(healthy().sttDepth(60).txFps(30).number(0));
            keeper.add(healthy().sttDepth(110).number(1));
            assertThat(keeper.verdict().reason()).contains("; TX unhealthy in 1 of 2 seconds; second 0:");
        }

        @Test
        void shouldStayHealthyWhenAnotherConnectionCameInTime() {
            isReady();
            fails("alpha: closed with 1006", false);
            keeper.add(healthy().sttDepth(20).number(0));
            isReady();
            keeper.add(healthy().number(1));
            assertThat(keeper.verdict()).isEqualTo(new CallVerdict(FaultSide.NONE, 2, 0, ""));
        }

        @Test
        void shouldNotBlameItForWhatAnotherSideDid() {
            fails("alpha: refused", false);
            keeper.add(healthy().fpsIn(20).number(0));
            keeper.add(healthy().fpsIn(20).number(1));
            assertThat(keeper.verdict().reason()).isEqualTo("second 0: RX fps_in=20.0 (expected: 45 to 55) [PROVIDER]");
        }

        @Test
        void shouldNameItInTheCheckTooAsTheFirstFinding() {
            fails("alpha: refused", false);
            for (int second = 0; second < 150; second++) {
                keeper.add(healthy().sttDepth(200).number(second));
            }
            assertThat(keeper.goNoGo().findings())
                    .hasSize(100)
                    .first()
                    .hasToString("call: STT: alpha: refused (TRANSIENT), never ready; TX healthy [RECOGNISER]");
        }

        @Test
        void shouldNotForgeALine() {
            fails("alpha: yes\nERROR all is lost", false);
            keeper.add(healthy().sttDepth(60).number(0));
            assertThat(keeper.verdict().reason()).startsWith("STT: alpha: yes\\u000aERROR all is lost (TRANSIENT)");
        }
    }
}
