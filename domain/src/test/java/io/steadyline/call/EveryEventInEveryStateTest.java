package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.PeerEvent;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.testkit.CallHarness;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each state is reached by legal events; then everything is tried that can happen to a call. */
class EveryEventInEveryStateTest {

    record Step(String name, Consumer<CallHarness> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Reached(CallState state, Step by) {
        @Override
        public String toString() {
            return state + " by " + by.name;
        }
    }

    private static final CallEnd ADMIN = new CallEnd(CallEnd.Party.OPERATOR, CallEnd.Reason.ADMIN_END, "maintenance");

    private static final List<Reached> STATES = List.of(
            reached(CallState.CONNECTING, "its start", harness -> {}),
            reached(CallState.ACTIVE, "the first frame", CallHarness::callerFrame),
            reached(CallState.ACTIVE, "coming back", harness -> {
                harness.streamBreaks();
                harness.startsAgain();
            }),
            reached(CallState.DRAINING, "a hang-up", harness -> {
                harness.agent.session().plays(50);
                harness.agent.session().line().hangUp("bye");
                harness.time.advance(1);
            }),
            reached(CallState.LINGERING, "a lost stream", harness -> {
                harness.callerFrame();
                harness.streamBreaks();
            }),
            reached(CallState.LINGERING, "a goodbye", harness -> {
                harness.recogniser.session().hold();
                harness.callerFrame();
                harness.callerHangsUp();
            }),
            reached(CallState.CLOSED, "the end of the process", CallHarness::processEnds),
            reached(CallState.CLOSED, "a goodbye", harness -> {
                harness.callerHangsUp();
                harness.time.advance(100);
            }));

    private static final List<Step> EVENTS = List.of(
            step("media", CallHarness::callerFrame),
            step("media burst", harness -> harness.callerBurst(250)),
            step("empty media", harness -> harness.callerAudio(new byte[0])),
            step("odd media", harness -> harness.callerAudio(new byte[77])),
            step("dtmf", harness -> harness.peerSays(new PeerEvent.Dtmf('1'))),
            step("unknown mark", harness -> harness.peerReturns("m77")),
            step("bad input", harness -> harness.peerSays(new PeerEvent.Unusable(BadInput.MALFORMED, "x", "json"))),
            step("connected", harness -> harness.peerSays(new PeerEvent.Connected("Call", "1.0"))),
            step(
                    "second start",
                    harness -> harness.peerSays(
                            new PeerEvent.Started(harness.call().facts()))),
            step("stop", CallHarness::callerHangsUp),
            step("missing", harness -> harness.loop.onMissing(harness.call(), 2)),
            step("stream lost", CallHarness::streamBreaks),
            step("admin end", harness -> harness.call().requestEnd(ADMIN, true)),
            step("admin end now", harness -> harness.call().requestEnd(ADMIN, false)),
            step("agent hang-up", harness -> harness.agent.session().line().hangUp("bye")),
            step("agent audio", harness -> harness.agent.session().offers()),
            step("agent mark", harness -> harness.agent.session().marks("mark")),
            step("agent clear", harness -> harness.agent.session().line().clear()),
            step("agent end of playback", harness -> harness.agent.session().endsPlayback()),
            step("speech", harness -> harness.recogniser.session().saysSpeechStarted(Duration.ZERO)),
            step("end of speech", harness -> harness.recogniser.session().saysSpeechEnded(Duration.ZERO)),
            step("recogniser ready", harness -> harness.recogniser.session().saysReady(Duration.ZERO)),
            step("recogniser closed", harness -> harness.recogniser.session().saysClosed()),
            step("socket full", harness -> harness.peer.stopTaking()),
            step("a pause of ours", harness -> harness.time.jump(3000)),
            step("a long pause of ours", harness -> harness.time.jump(70_000)),
            step("the end of the process", CallHarness::processEnds));

    static Stream<Arguments> everything() {
        return STATES.stream().flatMap(state -> EVENTS.stream().map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everything")
    void shouldStandEveryEventAndStillEndOnce(Reached reached, Step event) {
        CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
        Call call = harness.call();
        reached.by.action.accept(harness);
        assertThat(call.state()).isEqualTo(reached.state);
        int momentsBefore = harness.observer.moments().size();

        event.action.accept(harness);
        assertThat(call.queues()).allMatch(QueueCounts::isBalanced);
        harness.time.advance(50);

        if (reached.state == CallState.CLOSED) {
            assertThat(call.state()).isEqualTo(CallState.CLOSED);
            assertThat(harness.observer.moments()).hasSize(momentsBefore);
        }
        harness.time.advance(1500);
        assertThat(call.queues()).allMatch(QueueCounts::isBalanced);
        harness.processEnds();
        assertThat(call.state()).isEqualTo(CallState.CLOSED);
        assertThat(harness.observer.ends()).hasSize(1);
        assertThat(harness.observer.moments().getLast()).isInstanceOf(CallMoment.CallEnded.class);
        assertThat(harness.observer.failures()).isEmpty();
        assertThat(harness.recogniser.session().aborts()).isEqualTo(1);
        assertThat(harness.loop.liveCalls()).isZero();
    }

    /** One more stream with the id of the call: it continues the call, or begins the next one. */
    @ParameterizedTest
    @MethodSource("states")
    void shouldGoOnOrBeginANewWithAnotherStream(Reached reached) {
        CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
        Call first = harness.call();
        reached.by.action.accept(harness);
        int resumesBefore = first.resumes();
        boolean mayResume = first.mayResume();
        boolean expected = switch (first.state()) {
            case CONNECTING, ACTIVE -> true;
            case DRAINING, CLOSED -> false;
            case LINGERING -> reached.by.name.equals("a lost stream");
        };
        assertThat(mayResume).isEqualTo(expected);

        harness.startsAgain();
        harness.callerSpeaks(100);

        assertThat(harness.call().state()).isEqualTo(CallState.ACTIVE);
        assertThat(harness.call() == first).isEqualTo(expected);
        assertThat(first.resumes()).isEqualTo(resumesBefore + (expected ? 1 : 0));
        assertThat(harness.loop.liveCalls()).isEqualTo(1);
        harness.processEnds();
        assertThat(harness.observer.ends()).hasSize(expected ? 1 : 2);
        assertThat(harness.recogniser.sessions())
                .extracting(session -> session.aborts())
                .containsOnly(1);
    }

    static Stream<Reached> states() {
        return STATES.stream();
    }

    private static Reached reached(CallState state, String by, Consumer<CallHarness> action) {
        return new Reached(state, step(by, action));
    }

    private static Step step(String name, Consumer<CallHarness> action) {
        return new Step(name, action);
    }
}
