package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakePeerLink;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Exceptions of those who should not throw: they end this call, with everything released, and no other. */
class CallFailureTest {

    private static final CallEnd BUG = new CallEnd(Party.GATEWAY, Reason.INTERNAL_ERROR, "BugException");

    private final CallHarness harness = new CallHarness(CallSettings.DEFAULT);
    private Call other;
    private FakePeerLink otherPeer;

    static final class BugException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void startAnotherCall() {
        otherPeer = new FakePeerLink(harness.time::elapsedMs);
        other = harness.loop.onStreamStarted(
                CallHarness.facts(new CallId("CA2"), "MZ-other", StreamMode.BIDIRECTIONAL),
                otherPeer,
                harness.time.nowNs());
    }

    @AfterEach
    void theOtherCallLives() {
        harness.time.advance(100);
        assertThat(other.state()).isEqualTo(CallState.CONNECTING);
        assertThat(otherPeer.closeCode()).isZero();
        assertThat(harness.loop.liveCalls()).isEqualTo(1);
        assertThat(harness.observer.failures()).isNotEmpty().hasOnlyElementsOfType(BugException.class);
    }

    @Nested
    class InTheAgent {

        @Test
        void shouldEndTheCallWhenItThrowsAtAttach() {
            harness.agent.whenAttached(line -> {
                throw new BugException();
            });
            harness.start();
            assertEnded();
            assertThat(harness.observer.momentNames())
                    .endsWith("CallStarted", "SttRequested", "StateChanged", "CallEnded");
        }

        @Test
        void shouldEndTheCallWhenItThrowsAtAFrame() {
            harness.agent.whenHearing((session, frame) -> {
                throw new BugException();
            });
            harness.start();
            harness.callerFrame();
            assertEnded();
            assertThat(harness.agent.session().detachedWhy()).isEqualTo("BugException");
        }

        @Test
        void shouldEndTheCallWhenItThrowsAtAnEventOfTheRecogniser() {
            harness.agent.whenTold((session, event) -> {
                if (event instanceof AgentEvent.Speech) {
                    throw new BugException();
                }
            });
            harness.start();
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(1);
            assertEnded();
        }

        @Test
        void shouldReleaseEverythingOfAnAgentThatAlwaysThrows() {
            harness.start();
            harness.agent.session().plays(1);
            harness.agent.session().marks("owed");
            harness.time.advance(20);
            harness.agent.whenTold((session, event) -> {
                throw new BugException();
            });
            harness.peerSays(new PeerEvent.Dtmf('1'));
            assertEnded();
            assertThat(harness.agent.session().detachedWhy()).isEqualTo("BugException");
            assertThat(harness.observer.failures()).hasSizeGreaterThan(2);
        }

        @Test
        void shouldEndTheCallWhenItThrowsAtTheLossOfTheStream() {
            harness.start();
            harness.agent.whenTold((session, event) -> {
                if (event instanceof AgentEvent.StreamLost) {
                    throw new BugException();
                }
            });
            harness.streamBreaks();
            assertThat(harness.observer.ends()).containsExactly(BUG);
            assertThat(harness.recogniser.sessions().getLast().aborts()).isEqualTo(1);
        }

        @Test
        void shouldEndTheCallWhenItThrowsAtItsReturn() {
            harness.start();
            harness.streamBreaks();
            harness.agent.whenTold((session, event) -> {
                throw new BugException();
            });
            harness.startsAgain();
            assertEnded();
        }
    }

    @Nested
    class InTheRecogniser {

        @Test
        void shouldEndTheCallWhenItCannotBeOpened() {
            harness.recogniser.failOnOpen(new BugException());
            harness.start();
            assertThat(harness.observer.ends()).containsExactly(BUG);
            assertThat(harness.peer.closeCode()).isEqualTo(1011);
            assertThat(harness.call().state()).isEqualTo(CallState.CLOSED);
        }

        @Test
        void shouldStillReleaseTheAgentWhenItCannotBeAborted() {
            harness.start();
            harness.recogniser.session().failOnAbort(new BugException());
            harness.callerHangsUp();
            harness.time.advance(100);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(Reason.HANG_UP);
            assertThat(harness.agent.session().detachedWhy()).isNotNull();
        }
    }

    @Nested
    class InTheObserver {

        @Test
        void shouldEndTheCallWhenItThrowsAtAMoment() {
            harness.start();
            harness.observer.whenMoment((facts, moment) -> {
                if (moment instanceof CallMoment.FirstFrame) {
                    throw new BugException();
                }
            });
            harness.callerFrame();
            assertEnded();
        }

        @Test
        void shouldEndTheCallWhenItThrowsAtASecond() {
            harness.start();
            Runnable once = new Runnable() {
                private boolean thrown;

                @Override
                public void run() {
                    if (!thrown) {
                        thrown = true;
                        throw new BugException();
                    }
                }
            };
            harness.time.advance(999);
            harness.observer.whenSecond(once);
            harness.loop.poll(harness.call(), harness.time.nowNs() + 1_000_000);
            assertEnded();
        }

        @Test
        void shouldReportAnEndThatItWillNotHear() {
            harness.start();
            harness.observer.whenMoment((facts, moment) -> {
                if (facts.callId().equals(CallHarness.CALL_ID)) {
                    throw new BugException();
                }
            });
            harness.callerFrame();
            assertThat(harness.call().state()).isEqualTo(CallState.CLOSED);
            assertThat(harness.recogniser.sessions().getLast().aborts()).isEqualTo(1);
        }
    }

    private void assertEnded() {
        assertThat(harness.observer.ends()).containsExactly(BUG);
        assertThat(harness.peer.closeCode()).isEqualTo(1011);
        assertThat(harness.peer.closeReason()).isEqualTo("BugException");
        assertThat(harness.recogniser.sessions().getLast().aborts()).isEqualTo(1);
        assertThat(harness.call().state()).isEqualTo(CallState.CLOSED);
    }
}
