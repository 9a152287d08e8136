package io.steadyline.telemetry;

import static io.steadyline.telemetry.FaultSide.AGENT;
import static io.steadyline.telemetry.FaultSide.GATEWAY;
import static io.steadyline.telemetry.FaultSide.NETWORK;
import static io.steadyline.telemetry.FaultSide.PROVIDER;
import static io.steadyline.telemetry.FaultSide.RECOGNISER;
import static io.steadyline.telemetry.Seconds.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthJudgeTest {

    private final HealthJudge judge = new HealthJudge(HealthLimits.R17);

    @Test
    void shouldFindNothingInAHealthySecond() {
        assertThat(judge.judge(healthy().number(0))).isEmpty();
        assertThat(judge.judge(healthy().silent().number(1))).isEmpty();
    }

    @Test
    void shouldHoldTheNumbersOfTheRequirement() {
        assertThat(HealthLimits.R17).isEqualTo(new HealthLimits(45, 55, 20, 1.0, 100));
    }

    @Nested
    class AtEachBoundary {

        @ParameterizedTest
        @ValueSource(doubles = {45, 50, 55})
        void shouldTakeArrivalsAboutFifty(double fps) {
            finds(healthy().fpsIn(fps));
        }

        @Test
        void shouldFindArrivalsOffFifty() {
            finds(healthy().fpsIn(44.9), "second 7: RX fps_in=44.9 (expected: 45 to 55) [PROVIDER]");
            finds(healthy().fpsIn(55.1), "second 7: RX fps_in=55.1 (expected: 45 to 55) [PROVIDER]");
        }

        @Test
        void shouldFindADeepReceivingQueue() {
            finds(healthy().rxDepth(19));
            finds(healthy().rxDepth(20), "second 7: RX q=20 (expected: below 20) [PROVIDER]");
        }

        @Test
        void shouldFindDrainMode() {
            finds(healthy().draining(), "second 7: RX mode=drain (expected: normal) [PROVIDER]");
        }

        @Test
        void shouldFindALostFrame() {
            finds(healthy().rxDrops(1), "second 7: RX drops=1 (expected: 0) [PROVIDER]");
            finds(healthy().txDrops(1), "second 7: TX drops=1 (expected: 0) [AGENT]");
        }

        @Test
        void shouldFindASlowHandOver() {
            finds(healthy().writeMs(0.999));
            finds(healthy().writeMs(1.0), "second 7: RX write_ms=1.000 (expected: below 1.0) [RECOGNISER]");
        }

        @Test
        void shouldFindALateLoop() {
            finds(healthy().loopMs(99.9));
            finds(healthy().loopMs(100), "second 7: media loop late by 100 ms (expected: below 100 ms) [GATEWAY]");
        }

        @ParameterizedTest
        @ValueSource(doubles = {45, 50, 55})
        void shouldTakeSendingAboutFifty(double fps) {
            finds(healthy().txFps(fps));
        }

        @Test
        void shouldFindSendingOffFiftyWhilePlaying() {
            finds(healthy().txFps(44.9), "second 7: TX fps=44.9 while playing (expected: 45 to 55) [AGENT]");
            finds(healthy().txFps(55.1), "second 7: TX fps=55.1 while playing (expected: 45 to 55) [AGENT]");
            finds(healthy().silent().txFps(3));
        }

        @Test
        void shouldFindADeepSendingQueue() {
            finds(healthy().txDepth(19));
            finds(healthy().txDepth(20), "second 7: TX q=20 (expected: below 20) [AGENT]");
        }

        private void finds(Seconds second, String... expected) {
            assertThat(new HealthJudge(HealthLimits.R17).judge(second.number(7)))
                    .extracting(Finding::toString)
                    .containsExactly(expected);
        }
    }

    @Nested
    class WhoseFault {

        /** Symptom: after an upgrade the provider was blamed for the frames that had waited in the socket meanwhile. */
        @Test
        void shouldBlameOurOwnRestartForWhatHasWaitedInTheSocketMeanwhile() {
            judge.onMoment(new CallMoment.CallContinued(0, "boot-1", 9_000, 438, 2, 0, "exited with 75", true));
            assertThat(judge.judge(healthy().fpsIn(71.8).number(0)))
                    .extracting(Finding::toString)
                    .containsExactly(
                            "second 0: restart: nobody there for 438 ms (expected: below 100 ms) [GATEWAY]",
                            "second 0: RX fps_in=71.8 (expected: 45 to 55) [GATEWAY]");
            assertThat(judge.judge(healthy().rxDepth(21).number(1)))
                    .extracting(Finding::side)
                    .containsExactly(GATEWAY);
            assertThat(judge.judge(healthy().number(2))).isEmpty();
            assertThat(judge.judge(healthy().fpsIn(71.8).number(3)))
                    .extracting(Finding::side)
                    .containsExactly(PROVIDER);
        }

        @Test
        void shouldNotMindARestartThatNobodyHears() {
            judge.onMoment(new CallMoment.CallContinued(0, "boot-1", 9_000, 99, 0, 0, "exited with 75", true));
            assertThat(judge.judge(healthy().fpsIn(56).number(0)))
                    .extracting(Finding::side)
                    .containsExactly(PROVIDER);
        }

        @Test
        void shouldNotBlameARecogniserThatWasOpenedJustNowForTheBacklogOfARestart() {
            judge.onMoment(new CallMoment.CallContinued(0, "boot-1", 9_000, 100, 2, 0, "exited with 75", true));
            assertThat(judge.judge(healthy().fpsIn(56).rxDepth(30).refusals(5).number(0)))
                    .extracting(Finding::side)
                    .containsExactly(GATEWAY, GATEWAY, GATEWAY);
        }

        @Test
        void shouldNotBlameARestartForANewStream() {
            judge.onMoment(new CallMoment.CallContinued(0, "boot-1", 9_000, 438, 2, 0, "exited with 75", false));
            assertThat(judge.judge(healthy().fpsIn(71.8).number(0)))
                    .extracting(Finding::side)
                    .containsExactly(PROVIDER);
        }

        @Test
        void shouldBlameOurOwnPauseForWhatItLeavesInTheQueue() {
            blames(GATEWAY, healthy().loopMs(100).rxDepth(30).refusals(5).gapMs(400));
            blames(GATEWAY, healthy().loopMs(100).txFps(30).sendDepth(3));
        }

        @Test
        void shouldBlameTheRecogniserWhenItRefusesFrames() {
            blames(RECOGNISER, healthy().refusals(1).rxDepth(30).gapMs(400));
            blames(RECOGNISER, healthy().refusals(1).draining());
            blames(RECOGNISER, healthy().refusals(1).rxDrops(4));
        }

        @Test
        void shouldBlameTheNetworkForBursts() {
            blames(NETWORK, healthy().gapMs(100).rxDepth(30));
            blames(PROVIDER, healthy().gapMs(99.9).rxDepth(30));
            blames(NETWORK, healthy().gapMs(100).fpsIn(30));
        }

        @Test
        void shouldBlameTheProviderForMessagesThatItLost() {
            blames(PROVIDER, healthy().missing(10).fpsIn(40));
        }

        @Test
        void shouldNotBlameTheRecogniserForWhatDidNotArrive() {
            blames(PROVIDER, healthy().refusals(1).fpsIn(30));
        }

        @Test
        void shouldBlameTheAgentForSendingTooSlowly() {
            blames(AGENT, healthy().txFps(30));
        }

        @Test
        void shouldBlameThePeerThatDoesNotTakeWhatWeSend() {
            blames(PROVIDER, healthy().txFps(30).sendDepth(1));
            blames(PROVIDER, healthy().txDrops(3).sendDepth(144));
        }

        private void blames(FaultSide side, Seconds second) {
            assertThat(new HealthJudge(HealthLimits.R17).judge(second.number(0)))
                    .isNotEmpty()
                    .extracting(Finding::side)
                    .containsOnly(side);
        }
    }

    @Nested
    class AcrossSeconds {

        @Test
        void shouldPutWhatAFaultLeavesBehindDownToItsCause() {
            judge.judge(healthy().refusals(9).rxDepth(30).number(0));
            assertThat(judge.judge(healthy().rxDepth(25).number(1)))
                    .extracting(Finding::side)
                    .containsExactly(RECOGNISER);
        }

        @Test
        void shouldForgetTheCauseAfterAHealthySecond() {
            judge.judge(healthy().refusals(9).rxDepth(30).number(0));
            judge.judge(healthy().number(1));
            assertThat(judge.judge(healthy().rxDepth(25).number(2)))
                    .extracting(Finding::side)
                    .containsExactly(PROVIDER);
        }

        @Test
        void shouldPutTheArrivalsAfterOurPauseDownToIt() {
            judge.judge(healthy().loopMs(300).fpsIn(40).number(0));
            assertThat(judge.judge(healthy().fpsIn(60).number(1)))
                    .extracting(Finding::side)
                    .containsExactly(GATEWAY);
        }

        @Test
        void shouldPutWhatOurPauseLeavesBehindDownToItAndNotToTheNetwork() {
            judge.judge(healthy().loopMs(500).fpsIn(28).number(0));
            assertThat(judge.judge(healthy().gapMs(500).fpsIn(66).rxDepth(27).number(1)))
                    .extracting(Finding::side)
                    .containsOnly(GATEWAY);
            assertThat(judge.judge(healthy().rxDepth(27).number(2)))
                    .extracting(Finding::side)
                    .containsExactly(GATEWAY);
        }

        @Test
        void shouldNotBlameAPauseOfLongAgoForAProviderThatGoesOnSendingTooLittle() {
            judge.judge(healthy().loopMs(300).fpsIn(40).number(0));
            judge.judge(healthy().fpsIn(30).number(1));
            assertThat(judge.judge(healthy().fpsIn(30).number(2)))
                    .extracting(Finding::side)
                    .containsExactly(PROVIDER);
        }

        @Test
        void shouldLetANewCauseReplaceTheOldOne() {
            judge.judge(healthy().refusals(9).rxDepth(30).number(0));
            judge.judge(healthy().gapMs(500).rxDepth(40).number(1));
            assertThat(judge.judge(healthy().rxDepth(25).number(2)))
                    .extracting(Finding::side)
                    .containsExactly(NETWORK);
        }

        @Test
        void shouldSkipASecondWithoutStreamAndKeepTheCause() {
            judge.judge(healthy().refusals(9).rxDepth(30).number(0));
            assertThat(judge.judge(healthy().state(CallState.LINGERING).fpsIn(0).number(1)))
                    .isEmpty();
            assertThat(judge.judge(healthy().rxDepth(25).number(2)))
                    .extracting(Finding::side)
                    .containsExactly(RECOGNISER);
        }
    }

    @Nested
    class WhileTheRecogniserIsOut {

        private final CallMoment failed = new CallMoment.SttFailed(0, "TRANSIENT", "alpha: refused", false);

        @Test
        void shouldFindASecondOfAudioThatNobodyTakes() {
            judge.onMoment(failed);
            assertThat(judge.judge(healthy().sttDepth(49).number(0))).isEmpty();
            assertThat(judge.judge(healthy().sttDepth(50).number(1)))
                    .extracting(Finding::toString)
                    .containsExactly("second 1: STT q=50 while it is in trouble (expected: below 50) [RECOGNISER]");
        }

        @Test
        void shouldLeaveTheAgentAloneForIt() {
            judge.onMoment(failed);
            assertThat(judge.judge(
                            healthy().sttDepth(200).refusals(9).rxDepth(30).number(4)))
                    .extracting(Finding::side)
                    .containsOnly(RECOGNISER);
        }

        @Test
        void shouldFindNothingWhenItIsBackOrOnlyCatchesUp() {
            assertThat(judge.judge(healthy().sttDepth(150).number(0))).isEmpty();
            judge.onMoment(failed);
            judge.onMoment(new CallMoment.SttReady(1, 1));
            assertThat(judge.judge(healthy().sttDepth(150).number(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void shouldJudgeFullSecondsWithAStreamOnly(CallState state) {
        boolean expected = state != CallState.LINGERING && state != CallState.CLOSED;
        CallSecond silent = healthy().state(state).fpsIn(0).number(0);
        assertThat(HealthJudge.isJudged(silent)).isEqualTo(expected);
        assertThat(judge.judge(silent).isEmpty()).isEqualTo(!expected);
    }
}
