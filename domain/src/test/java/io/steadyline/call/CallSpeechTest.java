package io.steadyline.call;

import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.pacing.RxPacing;
import io.steadyline.pacing.TxPacing;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallMoment.AgentAnswered;
import io.steadyline.signal.CallMoment.BargedIn;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import io.steadyline.testkit.FakeRecogniser;
import io.steadyline.turn.BargeInPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallSpeechTest {

    @Nested
    class WhatTheRecogniserSays {

        private final CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
        private final FakeRecogniser.Session stt = harness.recogniser.session();

        @Test
        void shouldBecomeMomentsAndReachTheAgentInOrder() {
            List<SpeechEvent> said = List.of(
                    new SpeechEvent.Ready(stt.stamp(), Duration.ofMillis(120)),
                    new SpeechEvent.SpeechStarted(stt.stamp(), Duration.ofMillis(300), Source.VENDOR),
                    new SpeechEvent.Interim(stt.stamp(), "s1", "hel"),
                    new SpeechEvent.SpeechEnded(stt.stamp(), Duration.ofMillis(900), Source.VENDOR),
                    new SpeechEvent.Final(
                            stt.stamp(),
                            "s1",
                            "hello",
                            Duration.ofMillis(310),
                            Duration.ofMillis(890),
                            OptionalDouble.empty(),
                            List.of(),
                            Cause.ENDPOINT),
                    new SpeechEvent.UtteranceEnd(
                            stt.stamp(),
                            Duration.ofMillis(300),
                            Duration.ofMillis(900),
                            "hello",
                            true,
                            Cause.ENDPOINT,
                            Source.VENDOR,
                            OptionalDouble.empty()),
                    new SpeechEvent.DtmfHeard(stt.stamp(), '7', Duration.ZERO, Duration.ZERO),
                    new SpeechEvent.ToneHeard(stt.stamp(), Tone.BEEP, Duration.ZERO, Duration.ZERO),
                    new SpeechEvent.Gap(stt.stamp(), Duration.ZERO, Duration.ZERO, "fail-over"),
                    new SpeechEvent.Usage(stt.stamp(), Duration.ZERO, Duration.ZERO),
                    new SpeechEvent.Failure(stt.stamp(), "network", Optional.empty(), "connection reset", true, false),
                    new SpeechEvent.Closed(stt.stamp()));
            int before = harness.observer.moments().size();
            said.forEach(stt::says);
            harness.time.advance(1);
            long atNs = harness.time.nowNs();
            List<CallMoment> moments = harness.observer.moments();
            assertThat(moments.subList(before, moments.size()))
                    .containsExactly(
                            new CallMoment.SttReady(atNs, ns(120)),
                            new CallMoment.SpeechStarted(atNs, 300),
                            new CallMoment.SpeechEnded(atNs, 900),
                            new CallMoment.Transcribed(atNs, 310, 890, "hello"),
                            new CallMoment.UtteranceEnded(atNs, 300, 900),
                            new CallMoment.DtmfPressed(atNs, '7', true),
                            new CallMoment.ToneHeard(atNs, Tone.BEEP),
                            new CallMoment.SttFailed(atNs, "network", "connection reset", false),
                            new CallMoment.SttClosed(atNs));
            assertThat(harness.agent.session().events(AgentEvent.Speech.class))
                    .extracting(AgentEvent.Speech::event)
                    .isEqualTo(said);
            assertThat(harness.observer.speech()).isEqualTo(said);
        }

        @Test
        void shouldTellAKeyOfThePeerApartFromOneThatWasHeard() {
            harness.peerSays(new PeerEvent.Dtmf('#'));
            assertThat(harness.observer.moments(CallMoment.DtmfPressed.class))
                    .containsExactly(new CallMoment.DtmfPressed(harness.time.nowNs(), '#', false));
            assertThat(harness.agent.session().events()).contains(new AgentEvent.Dtmf('#', false));
            stt.says(new SpeechEvent.DtmfHeard(stt.stamp(), '#', Duration.ZERO, Duration.ZERO));
            harness.time.advance(1);
            assertThat(harness.agent.session().events(AgentEvent.Dtmf.class)).hasSize(1);
        }

        @Test
        void shouldTellWhatCouldNotBeUsed() {
            harness.peerSays(new PeerEvent.Unusable(BadInput.BAD_PAYLOAD, "??", "base64"));
            assertThat(harness.observer.moments(CallMoment.InputRefused.class))
                    .containsExactly(new CallMoment.InputRefused(
                            harness.time.nowNs(), BadInput.BAD_PAYLOAD, "'??' (expected: base64)"));
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().getFirst().rx().refusedInput())
                    .isEqualTo(1);
        }
    }

    @Nested
    class TheAgentsAnswer {

        private final CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
        private final FakeRecogniser.Session stt = harness.recogniser.session();
        private final FakeAgent.Session agent = harness.agent.session();

        @Test
        void shouldBeTimedFromTheEndOfSpeechToItsFirstFrame() {
            stt.saysSpeechStarted(Duration.ZERO);
            stt.saysSpeechEnded(Duration.ofMillis(500));
            harness.time.advance(1);
            harness.time.advance(300);
            agent.plays(3);
            harness.time.advance(1);
            assertThat(harness.observer.moments(AgentAnswered.class))
                    .containsExactly(new AgentAnswered(harness.time.nowNs(), ns(301)));
        }

        @Test
        void shouldBeTimedOnceATurn() {
            stt.saysSpeechEnded(Duration.ofMillis(500));
            harness.time.advance(1);
            for (int i = 0; i < 3; i++) {
                agent.plays(1);
                agent.endsPlayback();
                harness.time.advance(200);
            }
            assertThat(harness.observer.moments(AgentAnswered.class)).hasSize(1);
        }

        @Test
        void shouldNotBeOwedWhenTheCallerGoesOnSpeaking() {
            stt.saysSpeechEnded(Duration.ofMillis(500));
            stt.saysSpeechStarted(Duration.ofMillis(700));
            harness.time.advance(1);
            agent.plays(1);
            harness.time.advance(1);
            assertThat(harness.observer.moments(AgentAnswered.class)).isEmpty();
        }
    }

    @Nested
    class BargeIn {

        @Test
        void shouldSilenceTheAgentAtTheStartOfSpeech() {
            CallHarness harness = playing(BargeInPolicy.CLEAR);
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(1);
            assertThat(harness.observer.moments(BargedIn.class))
                    .containsExactly(new BargedIn(harness.time.nowNs(), 11));
            long epoch = harness.agent.session().line().epoch();
            assertThat(harness.agent.session().events()).contains(new AgentEvent.BargedIn(epoch));
            assertThat(harness.peer.script()).isEqualTo("0 1 2 clear");
            harness.time.advance(500);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 clear");
        }

        @Test
        void shouldDoNothingWhenThePolicyIsOff() {
            CallHarness harness = playing(BargeInPolicy.OFF);
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(500);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
            assertThat(harness.peer.frames()).hasSize(14);
        }

        @Test
        void shouldFollowTheAgentsOwnPolicyForAsLongAsItHasOne() {
            CallHarness harness = playing(BargeInPolicy.CLEAR);
            harness.agent.session().line().bargeIn(Optional.of(BargeInPolicy.OFF));
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(60);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
            harness.agent.session().line().bargeIn(Optional.empty());
            harness.time.advance(20);
            assertThat(harness.observer.moments(BargedIn.class)).hasSize(1);
        }

        @Test
        void shouldNotCutAnEchoBecauseTheCallerSpeaks() {
            CallHarness harness = new CallHarness(settings(BargeInPolicy.CLEAR));
            harness.agent.isNeverInterrupted();
            harness.start();
            harness.agent.session().plays(14);
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(500);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
            assertThat(harness.peer.frames()).hasSize(14);
        }

        @Test
        void shouldWaitForSoMuchSpeech() {
            CallHarness harness = playing(BargeInPolicy.clearAfter(Duration.ofMillis(100)));
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(1);
            harness.time.advance(99);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
            harness.time.advance(20);
            assertThat(harness.observer.moments(BargedIn.class)).hasSize(1);
        }

        @Test
        void shouldNotComeAfterAWordThatWasShorter() {
            CallHarness harness = playing(BargeInPolicy.clearAfter(Duration.ofMillis(100)));
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(80);
            harness.recogniser.session().saysSpeechEnded(Duration.ofMillis(80));
            harness.time.advance(500);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
        }

        @Test
        void shouldReachAudioThatOnlyThePeerStillHas() {
            CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
            harness.agent.session().plays(3);
            harness.time.advance(1);
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(1);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 clear");
        }

        @Test
        void shouldNotTouchASilentAgent() {
            CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(100);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
            assertThat(harness.peer.clears()).isZero();
        }

        @Test
        void shouldLeaveTheGreetingAloneUntilItHasBeenHeard() {
            CallHarness harness =
                    new CallHarness(CallSettings.DEFAULT.withGreeting(CallHarness.greeting(1000, 10))).start();
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(300);
            assertThat(harness.observer.moments(BargedIn.class)).isEmpty();
            harness.agent.session().plays(10);
            harness.peerReturns("m1");
            harness.time.advance(1);
            assertThat(harness.observer.moments(BargedIn.class)).hasSize(1);
        }

        @Test
        void shouldCutTheGreetingWhereThePolicyAllowsIt() {
            CallHarness harness = new CallHarness(settings(new BargeInPolicy(true, Duration.ZERO, true))
                            .withGreeting(CallHarness.greeting(1000, 100)))
                    .start();
            harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
            harness.time.advance(25);
            assertThat(harness.observer.moments(BargedIn.class)).hasSize(1);
            assertThat(harness.observer.moments(CallMoment.GreetingEnded.class)).hasSize(1);
            assertThat(harness.peer.script()).isEqualTo("1000 1001 1002 clear");
            assertThat(harness.agent.session().line().isWritable()).isTrue();
        }

        private CallHarness playing(BargeInPolicy policy) {
            CallHarness harness = new CallHarness(settings(policy)).start();
            harness.agent.session().plays(14);
            harness.time.advance(1);
            return harness;
        }

        private CallSettings settings(BargeInPolicy policy) {
            CallSettings defaults = CallSettings.DEFAULT;
            return new CallSettings(
                    defaults.rxQueueFrames(),
                    defaults.sttQueueFrames(),
                    defaults.txQueueFrames(),
                    defaults.sendQueueFrames(),
                    RxPacing.DEFAULT,
                    TxPacing.DEFAULT,
                    policy,
                    defaults.idleLimit(),
                    defaults.peerStallLimit(),
                    defaults.linger(),
                    defaults.sttDrain(),
                    defaults.hangUpLimit(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
