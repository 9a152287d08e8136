package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallMoment.StateChanged;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import io.steadyline.testkit.FakePeerLink;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallLifeTest {

    private static final CallEnd ADMIN = new CallEnd(Party.OPERATOR, Reason.ADMIN_END, "maintenance");

    private final CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
    private final FakeAgent.Session agent = harness.agent.session();

    /** Whatever happened before: an end that is the last word, one abort, one detach, nothing left in the loop. */
    @AfterEach
    void everyCallEndsOnce() {
        harness.processEnds();
        assertThat(harness.observer.ends()).hasSize(1);
        assertThat(harness.observer.moments().getLast()).isInstanceOf(CallMoment.CallEnded.class);
        assertThat(harness.recogniser.session().aborts()).isEqualTo(1);
        assertThat(agent.detachedWhy())
                .isEqualTo(harness.observer.ends().getFirst().detail());
        assertThat(agent.events(AgentEvent.Ended.class))
                .containsExactly(new AgentEvent.Ended(harness.observer.ends().getFirst()));
        assertThat(harness.observer.moments(CallMoment.AgentDetached.class)).hasSize(1);
        assertThat(harness.observer.seconds().getLast().state()).isEqualTo(CallState.CLOSED);
        assertThat(harness.loop.liveCalls()).isZero();
        assertThat(harness.loop.nextDueNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(harness.peer.closeCode()).isPositive();
        assertThat(harness.observer.failures()).isEmpty();
    }

    @Nested
    class Starting {

        @Test
        void shouldStartEverythingInOrderWithoutWaiting() {
            assertThat(harness.observer.momentNames()).containsExactly("CallStarted", "SttRequested", "AgentAttached");
            assertThat(harness.recogniser.session().spec().traceparent()).isEqualTo("00-trace");
            assertThat(harness.recogniser.session().spec().options())
                    .as("what the call says of itself, for whoever chooses by it")
                    .containsEntry("dialect", harness.call().facts().dialect())
                    .containsEntry("account", harness.call().facts().accountId())
                    .containsEntry("parameter.traceparent", "00-trace")
                    .hasSize(2 + harness.call().facts().parameters().size());
            assertThat(agent.events())
                    .containsExactly(new AgentEvent.Started(harness.call().facts()));
            assertThat(harness.call().state()).isEqualTo(CallState.CONNECTING);
            assertThat(harness.loop.liveCalls()).isEqualTo(1);
            assertThat(harness.loop.find(CallHarness.CALL_ID)).isSameAs(harness.call());
        }

        @Test
        void shouldBeActiveFromTheFirstFrame() {
            harness.callerSpeaks(100);
            assertThat(harness.observer.moments(CallMoment.FirstFrame.class))
                    .containsExactly(new CallMoment.FirstFrame(harness.time.atMs(0)));
            assertThat(changes()).containsExactly("CONNECTING>ACTIVE first frame");
        }

        @Test
        void shouldTellEachSecondOnce() {
            harness.callerSpeaks(3000);
            harness.callerSpeaks(500);
            harness.processEnds();
            assertThat(harness.observer.seconds())
                    .extracting(CallSecond::second)
                    .containsExactly(0, 1, 2, 3);
            assertThat(harness.observer.seconds())
                    .extracting(second -> harness.time.msOf(second.endNs()))
                    .containsExactly(1000.0, 2000.0, 3000.0, 3500.0);
            assertThat(harness.observer.seconds().getLast().rx().fpsIn()).isEqualTo(50);
        }

        @Test
        void shouldKeepTheGridOfSecondsAfterAShortPauseAndStartAnewAfterALongOne() {
            harness.time.jump(1300);
            harness.time.advance(700);
            harness.time.jump(2500);
            harness.time.advance(1000);
            assertThat(harness.observer.seconds())
                    .extracting(second -> harness.time.msOf(second.endNs()))
                    .containsExactly(1300.0, 2000.0, 4500.0, 5500.0);
        }
    }

    @Nested
    class AtTheCallersHangUp {

        @Test
        void shouldWaitForTheLastWordsOfTheRecogniser() {
            harness.callerSpeaks(1000);
            harness.callerBurst(30);
            harness.callerHangsUp();
            assertThat(harness.call().state()).isEqualTo(CallState.LINGERING);
            assertThat(harness.peer.closeCode()).isEqualTo(1000);
            harness.time.advance(40);
            assertThat(harness.recogniser.session().heard()).hasSize(80);
            assertThat(harness.recogniser.session().heardEndOfInput()).isTrue();
            assertThat(harness.observer.ends())
                    .containsExactly(new CallEnd(Party.CALLER, Reason.HANG_UP, "the peer said stop"));
            assertThat(changes())
                    .containsExactly(
                            "CONNECTING>ACTIVE first frame",
                            "ACTIVE>LINGERING the peer said stop",
                            "LINGERING>CLOSED recogniser done");
            assertThat(agent.events(AgentEvent.StreamLost.class)).isEmpty();
        }

        @Test
        void shouldRefuseTheAgentFromThenOn() {
            harness.recogniser.session().hold();
            harness.callerFrame();
            harness.callerHangsUp();
            assertThat(agent.offers()).isEqualTo(OfferOutcome.CLOSED);
        }

        @Test
        void shouldEndAtOnceWhenTheRecogniserIsGone() {
            harness.recogniser.session().saysClosed();
            harness.time.advance(20);
            harness.callerHangsUp();
            harness.time.advance(20);
            assertThat(harness.observer.ends()).hasSize(1);
        }
    }

    @Nested
    class WithARecogniserThatIsNotDone {

        private final CallHarness slow = new CallHarness(CallSettings.DEFAULT);

        @Test
        void shouldWaitTwoSecondsAndNoMore() {
            slow.recogniser.neverClose();
            slow.start();
            slow.callerHangsUp();
            slow.time.advance(1999);
            assertThat(slow.observer.ends()).isEmpty();
            assertThat(slow.recogniser.session().heardEndOfInput()).isTrue();
            slow.time.advance(20);
            assertThat(slow.observer.ends()).hasSize(1);
            assertThat(slow.observer.changes().getLast().why()).isEqualTo("recogniser not done in time");
        }

        @Test
        void shouldNotWaitLongerHoweverOftenTheEndIsAskedFor() {
            slow.recogniser.neverClose();
            slow.start();
            slow.callerHangsUp();
            for (int i = 0; i < 25; i++) {
                slow.call().requestEnd(ADMIN, true);
                slow.time.advance(100);
            }
            assertThat(slow.observer.ends()).hasSize(1);
        }

        @Test
        void shouldOfferTheEndOfInputOnlyWhenAllFramesWereTaken() {
            slow.start();
            slow.recogniser.session().hold();
            slow.callerBurst(5);
            slow.callerHangsUp();
            slow.time.advance(1000);
            assertThat(slow.recogniser.session().heardEndOfInput()).isFalse();
            slow.recogniser.session().release();
            slow.time.advance(40);
            assertThat(slow.recogniser.session().heard()).hasSize(5);
            assertThat(slow.recogniser.session().heardEndOfInput()).isTrue();
            assertThat(slow.observer.ends()).hasSize(1);
        }

        @Test
        void shouldTakeAStreamAfterTheGoodbyeForANewCall() {
            slow.recogniser.neverClose();
            slow.start();
            Call first = slow.call();
            slow.callerHangsUp();
            slow.startsAgain();
            assertThat(slow.call()).isNotSameAs(first);
            assertThat(first.state()).isEqualTo(CallState.CLOSED);
            assertThat(first.resumes()).isZero();
            assertThat(slow.observer.ends()).hasSize(1);
        }
    }

    @Nested
    class AtTheAgentsHangUp {

        @Test
        void shouldPlayOutWhatIsQueuedFirst() {
            agent.plays(10);
            agent.line().hangUp("good\u0007bye");
            harness.time.advance(1);
            assertThat(harness.call().state()).isEqualTo(CallState.DRAINING);
            assertThat(agent.offers()).isEqualTo(OfferOutcome.CLOSED);
            harness.time.advance(199);
            assertThat(harness.peer.closeCode()).isZero();
            harness.time.advance(21);
            assertThat(harness.peer.frames()).hasSize(10);
            assertThat(harness.peer.closeCode()).isEqualTo(1000);
            harness.time.advance(40);
            assertThat(harness.observer.ends())
                    .containsExactly(new CallEnd(Party.AGENT, Reason.AGENT_HANG_UP, "good\\u0007bye"));
            assertThat(harness.peer.closeReason()).isEqualTo("good\\u0007bye");
            assertThat(changes())
                    .containsExactly(
                            "CONNECTING>DRAINING good\\u0007bye",
                            "DRAINING>LINGERING played out",
                            "LINGERING>CLOSED recogniser done");
        }

        @Test
        void shouldNotWaitForLongerThanTheLimit() {
            harness.peer.takeOnly(3);
            agent.plays(100);
            agent.line().hangUp("bye");
            for (int i = 0; i < 16; i++) {
                harness.callerSpeaks(1000);
                harness.peer.takeOnly(1);
            }
            assertThat(harness.observer.ends()).containsExactly(new CallEnd(Party.AGENT, Reason.AGENT_HANG_UP, "bye"));
        }

        @Test
        void shouldKeepTheFirstReason() {
            agent.plays(100);
            agent.line().hangUp("first");
            agent.line().hangUp("second");
            harness.time.advance(20);
            harness.call().requestEnd(ADMIN, true);
            harness.time.advance(3000);
            assertThat(harness.observer.ends()).extracting(CallEnd::detail).containsExactly("first");
        }

        @Test
        void shouldStillHearTheCaller() {
            agent.plays(100);
            agent.line().hangUp("bye");
            harness.time.advance(1);
            harness.callerSpeaks(1000);
            assertThat(harness.recogniser.session().heard()).hasSize(50);
            assertThat(harness.observer.moments(CallMoment.FirstFrame.class)).hasSize(1);
            assertThat(harness.call().state()).isEqualTo(CallState.DRAINING);
        }

        @Test
        void shouldNotWaitForAStreamThatBreaksMeanwhile() {
            agent.plays(100);
            agent.line().hangUp("bye");
            harness.time.advance(100);
            harness.streamBreaks();
            harness.peer.close(1006, "gone");
            harness.time.advance(40);
            assertThat(harness.observer.ends()).containsExactly(new CallEnd(Party.AGENT, Reason.AGENT_HANG_UP, "bye"));
        }

        @Test
        void shouldEndForAPeerThatStallsMeanwhile() {
            harness.peer.stopTaking();
            agent.plays(100);
            agent.line().hangUp("bye");
            harness.time.advance(10_100);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(Reason.PEER_STALLED);
        }

        @Test
        void shouldCutALongReason() {
            agent.line().hangUp("x".repeat(500));
            harness.time.advance(50);
            assertThat(harness.observer.ends().getFirst().detail()).hasSize(201).endsWith("x…");
        }

        @Test
        void shouldEndALingeringCallAtOnce() {
            harness.streamBreaks();
            harness.peer.close(1006, "gone");
            agent.line().hangUp("no use");
            harness.time.advance(25);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(Reason.STREAM_LOST);
        }
    }

    @Nested
    class AtTheOperatorsWord {

        @Test
        void shouldPlayOutFirstWhenAsked() {
            agent.plays(10);
            assertThat(harness.call().requestEnd(ADMIN, true)).isTrue();
            harness.time.advance(1);
            assertThat(harness.call().state()).isEqualTo(CallState.DRAINING);
            harness.time.advance(250);
            assertThat(harness.observer.ends()).containsExactly(ADMIN);
            assertThat(harness.peer.frames()).hasSize(10);
        }

        @Test
        void shouldHangUpNowWhenAsked() {
            agent.plays(10);
            harness.time.advance(1);
            harness.call().requestEnd(ADMIN, false);
            harness.time.advance(1);
            assertThat(harness.peer.closeCode()).isEqualTo(1000);
            assertThat(harness.peer.closeReason()).isEqualTo("maintenance");
            assertThat(agent.offers()).isEqualTo(OfferOutcome.CLOSED);
            harness.time.advance(20);
            assertThat(harness.observer.ends()).containsExactly(ADMIN);
            assertThat(harness.peer.frames()).hasSize(3);
            assertThat(changes())
                    .containsExactly(
                            "CONNECTING>DRAINING maintenance",
                            "DRAINING>LINGERING played out",
                            "LINGERING>CLOSED recogniser done");
        }

        @Test
        void shouldHangUpNowWhileItPlaysOut() {
            agent.plays(100);
            agent.line().hangUp("bye");
            harness.time.advance(20);
            harness.call().requestEnd(ADMIN, false);
            harness.time.advance(25);
            assertThat(harness.observer.ends()).extracting(CallEnd::detail).containsExactly("bye");
        }

        @Test
        void shouldRefuseOnceTheCallIsOver() {
            harness.processEnds();
            assertThat(harness.call().requestEnd(ADMIN, true)).isFalse();
            agent.line().hangUp("too late");
            assertThat(agent.offers()).isEqualTo(OfferOutcome.CLOSED);
        }
    }

    @Nested
    class WhenTheStreamBreaks {

        @Test
        void shouldWaitForItsReturnAndThenEnd() {
            harness.callerSpeaks(100);
            harness.streamBreaks();
            harness.peer.close(1006, "gone");
            assertThat(harness.call().state()).isEqualTo(CallState.LINGERING);
            assertThat(agent.events()).contains(new AgentEvent.StreamLost());
            harness.time.advance(9_999);
            assertThat(harness.recogniser.session().heardEndOfInput()).isFalse();
            harness.time.advance(21);
            assertThat(harness.recogniser.session().heardEndOfInput()).isTrue();
            assertThat(harness.observer.ends())
                    .containsExactly(new CallEnd(Party.PEER, Reason.STREAM_LOST, "socket closed, code 1006"));
            assertThat(harness.observer.moments(CallMoment.StreamLost.class)).hasSize(1);
        }

        @Test
        void shouldNotCountALingeringSecondAsIdleOrStalled() {
            harness.peer.stopTaking();
            agent.plays(10);
            harness.time.advance(9_000);
            harness.streamBreaks();
            harness.peer.close(1006, "gone");
            harness.time.advance(9_000);
            assertThat(harness.call().state()).isEqualTo(CallState.LINGERING);
        }

        @Test
        void shouldTakeNoNoticeOfASocketThatIsNotItsOwn() {
            FakePeerLink other = new FakePeerLink(harness.time::elapsedMs);
            harness.loop.onStreamLost(harness.call(), other, "some other", harness.time.nowNs());
            assertThat(harness.call().state()).isEqualTo(CallState.CONNECTING);
        }

        @Test
        void shouldTakeNoticeOnce() {
            harness.streamBreaks();
            harness.streamBreaks();
            harness.peer.close(1006, "gone");
            assertThat(harness.observer.moments(CallMoment.StreamLost.class)).hasSize(1);
        }
    }

    @Nested
    class WhenTheStreamComesBack {

        @Test
        void shouldBeTheSameCallOnTheNewStream() {
            Call first = harness.call();
            harness.callerSpeaks(1000);
            agent.plays(10);
            agent.marks("lost on the way");
            harness.time.advance(1);
            harness.streamBreaks();
            harness.time.advance(3000);
            FakePeerLink second = harness.startsAgain();
            assertThat(harness.call()).isSameAs(first);
            assertThat(first.state()).isEqualTo(CallState.ACTIVE);
            assertThat(first.resumes()).isEqualTo(1);
            assertThat(first.facts().streamId().value()).isEqualTo("MZ2");
            assertThat(harness.recogniser.sessions()).hasSize(1);
            assertThat(harness.agent.sessions()).hasSize(1);
            assertThat(harness.observer.moments(CallMoment.StreamResumed.class))
                    .containsExactly(new CallMoment.StreamResumed(
                            harness.time.nowNs(), first.facts().streamId(), 3_000_000_000L));
            assertThat(agent.events()).last().isInstanceOfSatisfying(AgentEvent.Started.class, started -> {
                assertThat(started.facts()).isEqualTo(first.facts());
                assertThat(started.isResumed()).isTrue();
            });
            harness.callerSpeaks(1000);
            assertThat(second.script()).isEqualTo("3 4 5 6 7 8 9 mark(m1)");
            assertThat(harness.recogniser.session().heard()).hasSize(100);
            assertThat(harness.recogniser.session().heard().getLast().position())
                    .isEqualTo(99);
        }

        @Test
        void shouldInterruptTheMarksThatTheOldStreamOwed() {
            agent.plays(1);
            agent.marks("owed");
            harness.time.advance(20);
            harness.streamBreaks();
            assertThat(agent.events(AgentEvent.MarkSettled.class))
                    .extracting(settled -> settled.outcome().name())
                    .containsExactly("INTERRUPTED");
            harness.startsAgain();
            harness.time.advance(100);
            harness.peerReturns("m1");
            assertThat(harness.observer.moments(CallMoment.InputRefused.class)).isEmpty();
        }

        @Test
        void shouldSendNothingThatTheOldSocketHadNotTaken() {
            harness.peer.stopTaking();
            agent.plays(3);
            agent.marks("unsent");
            harness.time.advance(20);
            harness.streamBreaks();
            FakePeerLink second = harness.startsAgain();
            agent.plays(4);
            harness.time.advance(1);
            assertThat(second.script()).isEqualTo("3 4 5");
            harness.time.advance(100);
            assertThat(second.script()).isEqualTo("3 4 5 6");
        }

        @Test
        void shouldSayThatTheOldStreamWasReplaced() {
            harness.startsAgain();
            assertThat(harness.observer.moments(CallMoment.StreamLost.class))
                    .containsExactly(new CallMoment.StreamLost(harness.time.nowNs(), "replaced by stream MZ2"));
        }

        @Test
        void shouldSendNoClearForOneThatWasAskedForMeanwhile() {
            agent.plays(10);
            harness.time.advance(1);
            harness.streamBreaks();
            agent.line().clear();
            harness.time.advance(100);
            FakePeerLink second = harness.startsAgain();
            agent.plays(1);
            harness.time.advance(100);
            assertThat(second.script()).isEqualTo("10");
        }

        @Test
        void shouldGiveTheNewestStreamTheCall() {
            FakePeerLink old = harness.peer;
            harness.callerSpeaks(100);
            FakePeerLink second = harness.startsAgain();
            assertThat(old.closeCode()).isEqualTo(1008);
            assertThat(old.closeReason()).isEqualTo("the call came back on another stream");
            assertThat(harness.call().resumes()).isEqualTo(1);
            assertThat(changes())
                    .containsExactly(
                            "CONNECTING>ACTIVE first frame",
                            "ACTIVE>LINGERING replaced by a newer stream",
                            "LINGERING>ACTIVE stream MZ2");
            harness.loop.onStreamLost(harness.call(), old, "late news", harness.time.nowNs());
            assertThat(harness.call().state()).isEqualTo(CallState.ACTIVE);
            agent.plays(1);
            harness.time.advance(20);
            assertThat(second.script()).isEqualTo("0");
            assertThat(old.sent()).isEmpty();
        }

        @Test
        void shouldForgetWhyItNearlyEnded() {
            harness.streamBreaks();
            harness.time.advance(100);
            harness.startsAgain();
            harness.callerHangsUp();
            harness.time.advance(50);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(Reason.HANG_UP);
        }

        @Test
        void shouldTellTheFirstFrameOfTheCallWheneverItComes() {
            harness.streamBreaks();
            harness.time.advance(100);
            harness.startsAgain();
            harness.callerSpeaks(100);
            assertThat(harness.observer.moments(CallMoment.FirstFrame.class)).hasSize(1);
            assertThat(harness.call().state()).isEqualTo(CallState.ACTIVE);
        }

        @Test
        void shouldStartTheIdleLimitAnew() {
            harness.time.advance(55_000);
            harness.streamBreaks();
            harness.time.advance(9_000);
            harness.startsAgain();
            harness.time.advance(59_999);
            assertThat(harness.observer.ends()).isEmpty();
            harness.time.advance(25);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(Reason.IDLE);
        }

        @Test
        void shouldComeBackAnyNumberOfTimes() {
            for (int i = 1; i <= 5; i++) {
                harness.callerSpeaks(200);
                harness.streamBreaks();
                harness.time.advance(500);
                harness.startsAgain();
                assertThat(harness.call().resumes()).isEqualTo(i);
            }
            assertThat(harness.recogniser.session().heard()).hasSize(50);
        }
    }

    @Nested
    class WhenNoMediaComes {

        @Test
        void shouldEndAfterTheIdleLimit() {
            harness.callerSpeaks(1000);
            harness.time.advance(59_979);
            assertThat(harness.observer.ends()).isEmpty();
            harness.time.advance(20);
            assertThat(harness.observer.ends())
                    .containsExactly(new CallEnd(Party.PEER, Reason.IDLE, "no media for 60000 ms"));
            assertThat(harness.peer.closeCode()).isEqualTo(1001);
            assertThat(changes()).endsWith("ACTIVE>CLOSED no media for 60000 ms");
        }

        @Test
        void shouldEndACallThatNeverHeardAnything() {
            harness.time.advance(60_020);
            assertThat(harness.observer.ends()).hasSize(1);
        }
    }

    @Nested
    class AtTheEndOfTheProcess {

        @Test
        void shouldEndAtOnce() {
            agent.plays(10);
            harness.callerBurst(10);
            harness.processEnds();
            assertThat(harness.call().state()).isEqualTo(CallState.CLOSED);
            assertThat(harness.peer.closeCode()).isEqualTo(1012);
            assertThat(harness.peer.closeReason()).isEqualTo("the process stops");
            assertThat(harness.observer.lastQueues()).allSatisfy(counts -> {
                assertThat(counts.depth()).isZero();
                assertThat(counts.isBalanced()).isTrue();
            });
        }
    }

    private List<String> changes() {
        return harness.observer.changes().stream().map(CallLifeTest::describe).toList();
    }

    private static String describe(StateChanged change) {
        return change.from() + ">" + change.to() + " " + change.why();
    }
}
