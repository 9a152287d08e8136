package io.steadyline.call;

import static io.steadyline.signal.MarkOutcome.INTERRUPTED;
import static io.steadyline.signal.MarkOutcome.PLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallMoment.GreetingEnded;
import io.steadyline.signal.CallMoment.GreetingQueued;
import io.steadyline.signal.CallMoment.GreetingStarted;
import io.steadyline.signal.CallState;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {

    private static final long FIRST = 1000;

    @Test
    void shouldSendItsFirstFrameInTheTurnOfTheStart() {
        CallHarness harness = greeting(30).start();
        assertThat(harness.peer.script()).isEqualTo("1000 1001 1002");
        assertThat(harness.peer.framesAtMs()).containsOnly(0L);
        assertThat(harness.observer.momentNames())
                .containsExactly("CallStarted", "SttRequested", "GreetingQueued", "AgentAttached", "GreetingStarted");
        assertThat(harness.observer.moments(GreetingQueued.class))
                .extracting(GreetingQueued::durationMs)
                .containsExactly(600L);
    }

    @Test
    void shouldPlayAllOfItAndThenTheMark() {
        CallHarness harness = greeting(30).start();
        harness.time.advance(600);
        assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(FIRST, FIRST + 30));
        assertThat(harness.peer.marks()).containsExactly("m1");
        assertThat(harness.observer.moments(GreetingEnded.class)).isEmpty();
        harness.peerReturns("m1");
        assertThat(harness.observer.moments(GreetingEnded.class))
                .containsExactly(new GreetingEnded(harness.time.nowNs(), PLAYED));
        assertThat(harness.agent.session().events(AgentEvent.MarkSettled.class)).isEmpty();
        assertThat(harness.observer.moments(CallMoment.MarkSettled.class)).isEmpty();
        assertThat(harness.observer.moments(CallMoment.MarkSent.class)).isEmpty();
    }

    @Test
    void shouldRefuseTheAgentUntilItIsQueued() {
        CallHarness harness = greeting(30).start();
        FakeAgent.Session agent = harness.agent.session();
        assertThat(agent.line().isWritable()).isFalse();
        assertThat(agent.offers()).isEqualTo(OfferOutcome.REFUSED_FULL);
        while (!agent.line().isWritable()) {
            harness.time.advance(1);
        }
        agent.plays(3);
        harness.time.advance(1000);
        assertThat(harness.peer.script()).endsWith("1028 1029 mark(m1) 1 2 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 14, 15, 16, 22, 23, 30, 100})
    void shouldTellAWaitingAgentThatItMaySpeakHoweverShortTheGreeting(int frames) {
        CallHarness harness = greeting(frames);
        List<OfferOutcome> outcomes = new ArrayList<>();
        harness.agent.whenAttached(line -> line.onWritable(() -> {
            if (line.isWritable()) {
                outcomes.add(line.offer(CallHarness.greeting(7, 1).frame(0), line.epoch()));
            }
        }));
        harness.start();
        harness.time.advance(frames * 20L + 100);
        assertThat(outcomes).isNotEmpty().containsOnly(OfferOutcome.ACCEPTED);
        assertThat(harness.peer.script()).contains(" mark(m1) 7");
    }

    @Test
    void shouldNotPlayForAnAgentThatSpeaksFirst() {
        CallHarness harness = greeting(30);
        harness.agent.speaksFirst();
        harness.start();
        harness.agent.session().plays(1);
        harness.time.advance(20);
        assertThat(harness.peer.script()).isEqualTo("0");
        assertThat(harness.observer.moments(GreetingQueued.class)).isEmpty();
        assertThat(harness.observer.moments(GreetingStarted.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 100})
    void shouldEndInterruptedWhenTheAgentClearsItHalfWay(int frames) {
        CallHarness harness = greeting(frames).start();
        harness.time.advance(40);
        harness.agent.session().line().clear();
        harness.time.advance(20);
        assertThat(harness.observer.moments(GreetingEnded.class))
                .extracting(GreetingEnded::outcome)
                .containsExactly(INTERRUPTED);
        assertThat(harness.peer.script()).isEqualTo("1000 1001 1002 1003 1004 clear");
        harness.agent.session().plays(1);
        harness.time.advance(20);
        assertThat(harness.peer.script()).endsWith("clear 0");
        harness.callerHangsUp();
        harness.time.advance(100);
        assertThat(harness.observer.moments(GreetingEnded.class)).hasSize(1);
    }

    @Test
    void shouldLetTheCallerInterruptTheAgentAfterAGreetingThatWasCutOff() {
        CallHarness harness = greeting(100).start();
        harness.time.advance(40);
        harness.agent.session().line().clear();
        harness.time.advance(20);
        harness.agent.session().plays(10);
        harness.time.advance(20);
        harness.recogniser.session().saysSpeechStarted(Duration.ZERO);
        harness.time.advance(20);
        assertThat(harness.observer.moments(CallMoment.BargedIn.class)).hasSize(1);
    }

    @Test
    void shouldEndInterruptedWhenTheAgentClearsItBeforeItStarts() {
        CallHarness harness = greeting(30);
        harness.agent.whenAttached(line -> line.clear());
        harness.start();
        assertThat(harness.observer.moments(GreetingStarted.class)).isEmpty();
        assertThat(harness.observer.moments(GreetingEnded.class))
                .extracting(GreetingEnded::outcome)
                .containsExactly(INTERRUPTED);
        harness.agent.session().plays(1);
        harness.time.advance(20);
        assertThat(harness.observer.moments(GreetingStarted.class)).isEmpty();
        assertThat(harness.peer.script()).isEqualTo("clear 0");
    }

    @Test
    void shouldEndInterruptedOnceWhenTheCallEnds() {
        CallHarness harness = greeting(30).start();
        harness.time.advance(100);
        harness.processEnds();
        assertThat(harness.observer.moments(GreetingEnded.class))
                .extracting(GreetingEnded::outcome)
                .containsExactly(INTERRUPTED);
    }

    @Test
    void shouldEndInterruptedOnceWhenTheStreamIsLostAfterIt() {
        CallHarness harness = greeting(5).start();
        harness.time.advance(100);
        harness.streamBreaks();
        harness.time.advance(20_000);
        assertThat(harness.observer.moments(GreetingEnded.class))
                .extracting(GreetingEnded::outcome)
                .containsExactly(INTERRUPTED);
    }

    @Test
    void shouldPlayOnWhenTheCallComesBack() {
        CallHarness harness = greeting(30).start();
        harness.time.advance(100);
        int before = harness.peer.frames().size();
        harness.streamBreaks();
        harness.time.advance(500);
        harness.startsAgain();
        harness.time.advance(1000);
        assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(FIRST + before, FIRST + 30));
        assertThat(harness.observer.moments(GreetingStarted.class)).hasSize(1);
    }

    @Test
    void shouldBePlayedOutWhenTheAgentHangsUpDuringIt() {
        CallHarness harness = greeting(50).start();
        harness.agent.session().line().hangUp("closed today");
        harness.time.advance(990);
        assertThat(harness.call().state()).isEqualTo(CallState.DRAINING);
        assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(FIRST, FIRST + 50));
        harness.peerReturns("m1");
        harness.time.advance(100);
        assertThat(harness.observer.ends()).hasSize(1);
        assertThat(harness.peer.frameNumbers()).hasSize(50);
        assertThat(harness.time.elapsedMs()).isEqualTo(1090);
    }

    @Test
    void shouldTakeAnEmptyGreetingForNone() {
        CallHarness harness =
                new CallHarness(CallSettings.DEFAULT.withGreeting(CallHarness.greeting(FIRST, 0))).start();
        harness.agent.session().plays(1);
        harness.time.advance(20);
        assertThat(harness.peer.script()).isEqualTo("0");
        assertThat(harness.observer.momentNames()).doesNotContain("GreetingQueued", "GreetingStarted");
    }

    @Test
    void shouldNotPlayAGreetingOfAnotherFormat() {
        AudioFormat wide = new AudioFormat(Encoding.L16, 16_000, Ptime.MS_20);
        CallHarness harness =
                new CallHarness(CallSettings.DEFAULT.withGreeting(AudioClip.of(wide, new byte[6400]))).start();
        harness.time.advance(100);
        assertThat(harness.peer.sent()).isEmpty();
    }

    private static CallHarness greeting(int frames) {
        return new CallHarness(CallSettings.DEFAULT.withGreeting(CallHarness.greeting(FIRST, frames)));
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
