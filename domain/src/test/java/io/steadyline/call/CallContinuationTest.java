package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioClip;
import io.steadyline.port.CallArchive;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CallPast.Final;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallMoment.CallContinued;
import io.steadyline.signal.CallMoment.CallStarted;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Resumption;
import io.steadyline.signal.StreamMode;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import io.steadyline.testkit.FakeLoopExecutor;
import io.steadyline.testkit.FakePeerLink;
import io.steadyline.testkit.FakeRecogniser;
import io.steadyline.testkit.RecordingObserver;
import io.steadyline.testkit.SimulatedTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Calls that an earlier boot has begun. */
class CallContinuationTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String CALL = "CA1";
    private static final long AGE_MS = 60_000;

    private final SimulatedTime time = SimulatedTime.waking(this::turn);
    private final FakeRecogniser recogniser = new FakeRecogniser();
    private final FakeAgent agent = new FakeAgent();
    private final RecordingObserver observer = new RecordingObserver();
    private final FakeLoopExecutor executor = new FakeLoopExecutor();
    private final FakePeerLink peer = new FakePeerLink(time::elapsedMs);
    private final Map<String, CallPast> pasts = new HashMap<>();
    private final CallLoop loop = loop(settings(Optional.empty()));

    @Nested
    class OnTheSameSocket {

        @Test
        void shouldGoOnWithoutAnotherGreeting() {
            Call call = adopted(past(), 0, 0);
            time.advance(1_000);
            assertThat(peer.sent()).isEmpty();
            assertThat(call.resumes()).isEqualTo(3);
            assertThat(call.state().isLive()).isTrue();
            assertThat(observer.momentNames())
                    .startsWith("CallStarted", "CallContinued", "SttRequested", "AgentAttached")
                    .doesNotContain("GreetingQueued", "GreetingStarted", "GreetingEnded");
            assertThat(observer.failures()).isEmpty();
        }

        @Test
        void shouldNotPlayTheResumeLineWhichIsForThoseWhoWereCutOff() {
            CallLoop withLine = loop(settings(Optional.of(CallHarness.greeting(500, 5))));
            adopted(withLine, past(), 0, 0);
            assertThat(peer.sent()).isEmpty();
        }

        @Test
        void shouldTellWhatWasLostAndWhy() {
            adopted(past(), 0, 0);
            assertThat(observer.moments(CallStarted.class))
                    .singleElement()
                    .satisfies(started -> assertThat(started.traceparent()).isEqualTo("00-old"));
            assertThat(observer.moments(CallContinued.class))
                    .containsExactly(new CallContinued(time.nowNs(), "boot-7", AGE_MS, 450, 4, 120, "SIGKILL", true));
            assertThat(agent.session().events(AgentEvent.Started.class))
                    .singleElement()
                    .satisfies(started -> {
                        assertThat(started.isResumed()).isTrue();
                        assertThat(started.resumption())
                                .contains(new Resumption(
                                        450, 4, 120, "SIGKILL", true, List.of("hello", "I need help"), List.of("m-a")));
                    });
        }

        @Test
        void shouldGiveTheRecogniserTheTraceAndTheLastWords() {
            adopted(past(), 0, 0);
            assertThat(recogniser.session().spec().traceparent()).isEqualTo("00-old");
            assertThat(recogniser.session().spec().context()).isEqualTo("I need help");
        }

        @Test
        void shouldGiveTheRecogniserNoWordsWhenNoneAreKept() {
            adopted(past(List.of(), false), 0, 0);
            assertThat(recogniser.session().spec().context()).isEmpty();
        }

        @Test
        void shouldGoOnCountingMarksAndKnowTheLateReturnsOfOldOnes() {
            Call call = adopted(past(), 0, 17);
            agent.session().marks("next");
            time.advance(20);
            assertThat(peer.marks()).containsExactly("m18");
            executor.onLoop(() -> {
                loop.onPeerEvent(call, new PeerEvent.MarkReturned("m17"), time.nowNs());
                loop.onPeerEvent(call, new PeerEvent.MarkReturned("m18"), time.nowNs());
            });
            assertThat(agent.session().events(AgentEvent.MarkSettled.class)).hasSize(1);
            assertThat(observer.momentNames()).doesNotContain("BadInputSeen", "FaultSeen");
        }

        @Test
        void shouldRegainTheScheduleOfAPlaybackByABurst() {
            long nextPlayoutNs = time.nowNs() - SimulatedTime.ns(300);
            adopted(past(), nextPlayoutNs, 0);
            agent.session().plays(30);
            time.advance(400);
            // 300 ms behind and 400 ms on: 35 frames are due, plus the lead; all 30 are there long before.
            assertThat(peer.frameNumbers()).hasSize(30);
            assertThat(peer.framesAtMs().get(14)).as("what was due at once").isLessThanOrEqualTo(20);
        }

        @Test
        void shouldStartAPlaybackAnewThatIsTooLate() {
            adopted(past(), time.nowNs() - SimulatedTime.ns(60_000), 0);
            agent.session().plays(30);
            time.advance(100);
            assertThat(peer.frameNumbers()).hasSizeLessThan(12);
        }

        @Test
        void shouldEndLikeAnyOtherCall() {
            Call call = adopted(past(), 0, 0);
            executor.onLoop(() -> loop.onPeerEvent(call, new PeerEvent.Stopped(), time.nowNs()));
            time.advance(15_000);
            assertThat(observer.ends())
                    .singleElement()
                    .satisfies(end -> assertThat(end.reason()).isEqualTo(CallEnd.Reason.HANG_UP));
            assertThat(loop.liveCalls()).isZero();
        }
    }

    @Nested
    class OnANewStream {

        @Test
        void shouldGoOnWithTheResumeLineInsteadOfTheGreeting() {
            CallLoop withLine = loop(settings(Optional.of(CallHarness.greeting(500, 5))));
            pasts.put(CALL, past());
            started(withLine, StreamMode.BIDIRECTIONAL);
            time.advance(200);
            assertThat(peer.frameNumbers()).containsExactly(500L, 501L, 502L, 503L, 504L);
            assertThat(observer.moments(CallContinued.class))
                    .containsExactly(new CallContinued(time.atMs(0), "boot-7", AGE_MS, 450, 4, 120, "SIGKILL", false));
            assertThat(agent.session()
                            .events(AgentEvent.Started.class)
                            .getFirst()
                            .resumption()
                            .orElseThrow()
                            .sameStream())
                    .isFalse();
            assertThat(observer.momentNames()).doesNotContain("GreetingQueued", "GreetingStarted");
        }

        @Test
        void shouldLetTheAgentSpeakAtOnceWithoutALine() {
            pasts.put(CALL, past());
            started(loop, StreamMode.BIDIRECTIONAL);
            agent.session().plays(1);
            time.advance(20);
            assertThat(peer.frameNumbers()).containsExactly(0L);
        }

        @Test
        void shouldNotSpeakToOneWhoIsOnlyListenedTo() {
            CallLoop withLine = loop(settings(Optional.of(CallHarness.greeting(500, 5))));
            pasts.put(CALL, past());
            started(withLine, StreamMode.LISTEN_ONLY);
            time.advance(200);
            assertThat(peer.sent()).isEmpty();
        }

        @Test
        void shouldBeginAnewWhenTheCallHadEndedOnPurpose() {
            pasts.put(CALL, past(List.of(), true));
            started(loop, StreamMode.BIDIRECTIONAL);
            assertThat(observer.moments(CallContinued.class)).isEmpty();
            assertThat(peer.frameNumbers()).startsWith(1_000L);
            assertThat(agent.session()
                            .events(AgentEvent.Started.class)
                            .getFirst()
                            .isResumed())
                    .isFalse();
        }

        @Test
        void shouldBeginAnewWhenTheCallIsNotKnown() {
            started(loop, StreamMode.BIDIRECTIONAL);
            assertThat(observer.moments(CallContinued.class)).isEmpty();
            assertThat(observer.momentNames()).contains("GreetingQueued");
        }

        @Test
        void shouldNotAskTheArchiveForACallThatThisBootKnows() {
            started(loop, StreamMode.BIDIRECTIONAL);
            pasts.put(CALL, past());
            executor.onLoop(() -> loop.onStreamStarted(
                    CallHarness.facts(new CallId(CALL), "MZ2", StreamMode.BIDIRECTIONAL),
                    new FakePeerLink(time::elapsedMs),
                    time.nowNs()));
            assertThat(observer.moments(CallContinued.class)).isEmpty();
            assertThat(observer.moments(CallMoment.StreamResumed.class)).hasSize(1);
        }

        @Test
        void shouldTakeAClockThatWasSetBackForNoGap() {
            pasts.put(CALL, past(NOW.plusSeconds(100)));
            started(loop, StreamMode.BIDIRECTIONAL);
            assertThat(observer.moments(CallContinued.class).getFirst().gapMs()).isZero();
        }
    }

    @Nested
    class WithinOneBoot {

        @Test
        void shouldPlayTheResumeLineToACallerWhoseStreamCameBack() {
            CallLoop withLine = loop(settings(Optional.of(CallHarness.greeting(500, 5))));
            Call call = started(withLine, StreamMode.BIDIRECTIONAL);
            time.advance(1_000);
            executor.onLoop(() -> withLine.onStreamLost(call, peer, "gone", time.nowNs()));
            FakePeerLink second = new FakePeerLink(time::elapsedMs);
            executor.onLoop(() -> withLine.onStreamStarted(
                    CallHarness.facts(new CallId(CALL), "MZ2", StreamMode.BIDIRECTIONAL), second, time.nowNs()));
            time.advance(300);
            assertThat(second.frameNumbers()).containsExactly(500L, 501L, 502L, 503L, 504L);
        }
    }

    private CallLoop turned = loop;

    private void turn(long nowNs) {
        executor.onLoop(() -> {
            executor.runAll(nowNs);
            turned.runDue(nowNs);
        });
    }

    private CallLoop loop(CallSettings settings) {
        CallParts parts = new CallParts(settings, recogniser, agent, observer, () -> 0);
        CallArchive archive = new CallArchive() {
            @Override
            public Optional<CallPast> find(String callId) {
                return Optional.ofNullable(pasts.get(callId));
            }

            @Override
            public Optional<String> originOf(String streamId) {
                return Optional.empty();
            }
        };
        return new CallLoop(
                (facts, link, nowNs, waker) -> new Call(facts, link, parts, nowNs, waker),
                observer,
                executor,
                archive,
                new WallAnchor(NOW, time.nowNs()),
                time.nowNs());
    }

    private static CallSettings settings(Optional<AudioClip> resumeLine) {
        CallSettings all = CallSettings.DEFAULT;
        return new CallSettings(
                all.rxQueueFrames(),
                all.sttQueueFrames(),
                all.txQueueFrames(),
                all.sendQueueFrames(),
                all.rxPacing(),
                all.txPacing(),
                all.bargeIn(),
                all.idleLimit(),
                all.peerStallLimit(),
                all.linger(),
                all.sttDrain(),
                all.hangUpLimit(),
                Optional.of(CallHarness.greeting(1_000, 10)),
                resumeLine);
    }

    private Call started(CallLoop on, StreamMode mode) {
        turned = on;
        Call[] call = new Call[1];
        executor.onLoop(() ->
                call[0] = on.onStreamStarted(CallHarness.facts(new CallId(CALL), "MZ1", mode), peer, time.nowNs()));
        return call[0];
    }

    private Call adopted(CallPast past, long nextPlayoutNs, long lastMarkNumber) {
        return adopted(loop, past, nextPlayoutNs, lastMarkNumber);
    }

    private Call adopted(CallLoop on, CallPast past, long nextPlayoutNs, long lastMarkNumber) {
        turned = on;
        Call[] call = new Call[1];
        executor.onLoop(() -> call[0] = on.onStreamAdopted(
                CallHarness.facts(new CallId(CALL), "MZ1", StreamMode.BIDIRECTIONAL),
                peer,
                past,
                nextPlayoutNs,
                lastMarkNumber,
                time.nowNs()));
        return call[0];
    }

    private static CallPast past() {
        return past(NOW.minusMillis(450));
    }

    private static CallPast past(Instant lastSeen) {
        return past(List.of(new Final(0, 500, "hello"), new Final(900, 1_800, "I need help")), false, lastSeen);
    }

    private static CallPast past(List<Final> finals, boolean ended) {
        return past(finals, ended, NOW.minusMillis(450));
    }

    private static CallPast past(List<Final> finals, boolean ended, Instant lastSeen) {
        return new CallPast(
                        CALL,
                        "MZ1",
                        NOW.minusSeconds(60),
                        "boot-7",
                        "00-old",
                        lastSeen,
                        finals,
                        List.of("m-a"),
                        60_000,
                        2,
                        0,
                        0,
                        ended,
                        "")
                .withLoss(4, 120, "SIGKILL");
    }
}
