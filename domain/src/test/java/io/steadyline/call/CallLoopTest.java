package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.HealthJudge;
import io.steadyline.telemetry.HealthLimits;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import io.steadyline.testkit.FakePeerLink;
import io.steadyline.testkit.FakeRecogniser;
import io.steadyline.testkit.Frames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallLoopTest {

    private final CallHarness harness = new CallHarness(CallSettings.DEFAULT);

    @Test
    void shouldHaveNothingToDoWithoutCalls() {
        assertThat(harness.loop.runDue(harness.time.nowNs())).isEqualTo(Long.MAX_VALUE);
        assertThat(harness.loop.liveCalls()).isZero();
        assertThat(harness.loop.find(CallHarness.CALL_ID)).isNull();
    }

    @Test
    void shouldTellWhenItIsDueNext() {
        harness.start();
        long dueNs = harness.loop.nextDueNs();
        assertThat(dueNs).isEqualTo(harness.time.atMs(20));
        assertThat(harness.loop.runDue(dueNs)).isEqualTo(harness.time.atMs(40));
        assertThat(harness.loop.nextDueNs()).isEqualTo(harness.time.atMs(40));
    }

    @Test
    void shouldKnowWhetherACallWaitsForItsReturn() {
        harness.start();
        assertThat(harness.loop.hasLingering()).isFalse();
        harness.streamBreaks();
        assertThat(harness.loop.hasLingering()).isTrue();
    }

    @Test
    void shouldNotTakeACallForOneThatReturnsOnceTheCallerHasHungUp() {
        harness.start();
        harness.callerHangsUp();
        assertThat(harness.call().state()).isEqualTo(CallState.LINGERING);
        assertThat(harness.loop.hasLingering()).isFalse();
    }

    @Test
    void shouldBeDueForTheNextFrameOfACallThatPlays() {
        harness.start();
        harness.time.advance(5);
        harness.agent.session().plays(10);
        harness.time.advance(1);
        assertThat(harness.loop.nextDueNs()).isEqualTo(harness.time.atMs(26));
    }

    @Test
    void shouldBeDueForTheNextFrameOfTheCaller() {
        harness.start();
        harness.time.advance(7);
        harness.callerBurst(2);
        assertThat(harness.loop.nextDueNs()).isEqualTo(harness.time.atMs(27));
    }

    @Test
    void shouldLeaveItToTheNextMessageOfTheCaller() {
        harness.start();
        harness.time.advance(7);
        harness.callerFrame();
        assertThat(harness.loop.nextDueNs()).isEqualTo(harness.time.atMs(32));
        harness.time.advance(25);
        assertThat(harness.loop.nextDueNs()).isEqualTo(harness.time.atMs(52));
    }

    @Test
    void shouldBeDueAtOnceForACallThatDrains() {
        harness.start();
        harness.callerFrame();
        harness.callerBurst(100);
        assertThat(harness.loop.nextDueNs()).isLessThanOrEqualTo(harness.time.atMs(1));
    }

    @Test
    void shouldEndACallWhoseIdBeginsANewOne() {
        harness.start();
        Call first = harness.call();
        harness.agent.session().line().hangUp("bye");
        harness.callerHangsUp();
        harness.startsAgain();
        assertThat(first.state()).isEqualTo(CallState.CLOSED);
        assertThat(harness.call()).isNotSameAs(first);
        assertThat(harness.loop.find(CallHarness.CALL_ID)).isSameAs(harness.call());
        assertThat(harness.observer.ends())
                .containsExactly(
                        new CallEnd(Party.PEER, Reason.HANG_UP, "a new stream began a new call with the same id"));
    }

    @Test
    void shouldNotForgetTheNewCallWhenTheOldOneIsPolledLate() {
        harness.start();
        Call first = harness.call();
        harness.callerHangsUp();
        harness.startsAgain();
        harness.loop.poll(first, harness.time.nowNs());
        harness.loop.onPeerEvent(first, new PeerEvent.Dtmf('1'), harness.time.nowNs());
        assertThat(harness.loop.find(CallHarness.CALL_ID)).isSameAs(harness.call());
        assertThat(harness.loop.liveCalls()).isEqualTo(1);
    }

    @Test
    void shouldSayNothingAboutACallThatIsOver() {
        harness.start();
        harness.recogniser.session().saysReady(Duration.ZERO);
        harness.processEnds();
        int moments = harness.observer.moments().size();
        harness.time.advance(2000);
        assertThat(harness.observer.moments()).hasSize(moments);
        assertThat(harness.observer.seconds()).hasSize(1);
    }

    @Test
    void shouldEndAllCallsAtTheEndOfTheProcess() {
        for (int i = 0; i < 20; i++) {
            start(i);
        }
        assertThat(harness.loop.liveCalls()).isEqualTo(20);
        harness.processEnds();
        assertThat(harness.loop.liveCalls()).isZero();
        assertThat(harness.observer.ends())
                .hasSize(20)
                .extracting(CallEnd::reason)
                .containsOnly(Reason.DRAIN);
        assertThat(harness.loop.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldCarryAThousandCallsAllHealthy() {
        List<Call> calls = new ArrayList<>();
        List<FakePeerLink> peers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            peers.add(start(i));
            calls.add(harness.loop.find(new CallId("CA-" + i)));
        }
        harness.agent.sessions().forEach(agent -> agent.line().onWritable(() -> feed(agent)));
        harness.agent.sessions().forEach(CallLoopTest::feed);
        for (int ms = 0; ms < 10_000; ms++) {
            for (int i = ms % 20; i < 1000; i += 20) {
                byte[] payload = Frames.payload(ms / 20, AudioFormat.MULAW_8K);
                harness.loop.onPeerEvent(
                        calls.get(i), new PeerEvent.Media(Track.INBOUND, -1, -1, payload), harness.time.nowNs());
            }
            harness.time.advance(1);
        }
        HealthJudge judge = new HealthJudge(HealthLimits.R17);
        List<CallSecond> seconds = harness.observer.seconds();
        assertThat(seconds)
                .hasSize(10_000)
                .allSatisfy(second -> assertThat(judge.judge(second)).isEmpty());
        assertThat(seconds).filteredOn(second -> second.second() > 0).allSatisfy(second -> {
            assertThat(second.tx().playing()).isTrue();
            assertThat(second.tx().fps()).isEqualTo(50);
        });
        assertThat(harness.recogniser.sessions())
                .extracting(FakeRecogniser.Session::heard)
                .allMatch(heard -> heard.size() == 500);
        assertThat(peers).allMatch(peer -> peer.frames().size() >= 500);
        assertThat(harness.observer.failures()).isEmpty();
    }

    private static void feed(FakeAgent.Session agent) {
        while (agent.line().isWritable()) {
            agent.offers();
        }
    }

    private FakePeerLink start(int number) {
        FakePeerLink peer = new FakePeerLink(harness.time::elapsedMs);
        harness.executor.onLoop(() -> harness.loop.onStreamStarted(
                CallHarness.facts(new CallId("CA-" + number), "MZ-" + number, StreamMode.BIDIRECTIONAL),
                peer,
                harness.time.nowNs()));
        return peer;
    }
}
