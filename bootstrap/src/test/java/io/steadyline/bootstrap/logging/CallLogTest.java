package io.steadyline.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.steadyline.media.AudioFormat;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TxSecond;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class CallLogTest {

    private static final long SECOND_NS = 1_000_000_000;

    private final Logger logger = (Logger) LoggerFactory.getLogger("call");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // As every appender that keeps a line: the call's name is gone when the log returns.
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    };
    private CallLog log = new CallLog(3, false);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Nested
    class EachSecond {

        @Test
        void shouldHaveOneLineForEachDirection() {
            second("CA1", 1, 3, 0);
            assertThat(messages())
                    .containsExactly(
                            "[RX] mode=normal fps_in=50.0 q=3 drops=0 write_ms=0.012", "[TX] fps=50.0 q=3 drops=0");
            assertThat(lines.list).allMatch(line -> line.getLevel() == Level.INFO);
        }

        @Test
        void shouldNameItsCallInTheContextAndNowhereElse() {
            second("CA1", 1, 0, 0);
            second("CA2", 1, 0, 0);
            assertThat(lines.list)
                    .extracting(line -> line.getMDCPropertyMap().get(Logs.CALL_ID))
                    .containsExactly("CA1", "CA1", "CA2", "CA2");
            assertThat(MDC.get(Logs.CALL_ID)).isNull();
        }

        @Test
        void shouldHaveNoLinesWithoutAStream() {
            log.onSecond(facts("CA1"), second("CA1", 1, CallState.LINGERING, 0, 0), List.of());
            log.onSecond(facts("CA1"), second("CA1", 2, CallState.CLOSED, 0, 0), List.of());
            assertThat(messages()).isEmpty();
        }
    }

    @Nested
    class BeyondTheLimitOfCalls {

        @BeforeEach
        void fourCalls() {
            for (int call = 1; call <= 4; call++) {
                moment("CA" + call, new CallMoment.CallStarted(0, facts("CA" + call)));
            }
            lines.list.clear();
        }

        @Test
        void shouldShareOneLineASecond() {
            for (int call = 1; call <= 4; call++) {
                second("CA" + call, 1, 0, 0);
            }
            assertThat(messages()).containsExactly("[CALLS] live=4 unhealthy=0");
            for (int call = 1; call <= 4; call++) {
                second("CA" + call, 2, 0, 0);
            }
            assertThat(messages()).containsExactly("[CALLS] live=4 unhealthy=0", "[CALLS] live=4 unhealthy=0");
        }

        @Test
        void shouldStillShowTheSickOnesAndCountThem() {
            second("CA1", 1, 0, 0);
            second("CA2", 1, 0, 7);
            second("CA3", 1, 0, 0);
            second("CA1", 2, 0, 0);
            assertThat(messages())
                    .containsExactly(
                            "[CALLS] live=4 unhealthy=0",
                            "[RX] mode=normal fps_in=50.0 q=0 drops=7 write_ms=0.012",
                            "[TX] fps=50.0 q=3 drops=0",
                            "[CALLS] live=4 unhealthy=1");
        }

        @Test
        void shouldGiveEachItsLinesAgainWhenOneHasEnded() {
            moment("CA4", new CallMoment.CallEnded(0, end("hung up")));
            lines.list.clear();
            second("CA1", 1, 0, 0);
            assertThat(messages()).hasSize(2).allMatch(line -> line.startsWith("[RX]") || line.startsWith("[TX]"));
        }
    }

    @Nested
    class TheVerdict {

        @Test
        void shouldStandBeforeTheEndOfAHealthyCall() {
            moment("CA1", new CallMoment.CallStarted(0, facts("CA1")));
            second("CA1", 1, 0, 0);
            second("CA1", 2, 0, 0);
            moment("CA1", new CallMoment.CallEnded(0, end("over")));
            assertThat(messages())
                    .containsSubsequence(
                            "verdict: healthy in all of 2 seconds", "call ended by CALLER: HANG_UP (over)");
        }

        @Test
        void shouldSayOfACallThatWentOnThatItIsAboutTheTimeSince() {
            moment("CA1", new CallMoment.CallStarted(0, facts("CA1")));
            moment("CA1", new CallMoment.CallContinued(0, "b00t0006", 9_000, 640, 3, 120, "exited with 75", true));
            second("CA1", 1, 0, 0);
            second("CA1", 2, 0, 0);
            moment("CA1", new CallMoment.CallEnded(0, end("over")));
            assertThat(messages())
                    .contains("verdict: GATEWAY, 1 of 2 seconds unhealthy since it went on: second 1: restart: nobody"
                            + " there for 640 ms (expected: below 100 ms) [GATEWAY]");
        }

        @Test
        void shouldNameTheRecogniserThatWasDead() {
            moment("CA1", new CallMoment.CallStarted(0, facts("CA1")));
            moment("CA1", new CallMoment.SttFailed(0, "AUTH", "alpha: refused with HTTP status 401", false));
            second("CA1", 0, 0, 0);
            RxSecond deaf = new RxSecond(RxMode.NORMAL, 50, 0, 0, 0, 0.0123, 0, 0, 120, 0, 0, 20);
            TxSecond tx = new TxSecond(50, 3, 0, 0, true, 0, 0.5, 0);
            log.onSecond(
                    facts("CA1"),
                    new CallSecond(new CallId("CA1"), 1, 2 * SECOND_NS, CallState.ACTIVE, deaf, tx, 1),
                    List.of());
            moment("CA1", new CallMoment.CallEnded(0, end("over")));
            assertThat(lines.list)
                    .filteredOn(line -> line.getFormattedMessage().startsWith("verdict: "))
                    .singleElement()
                    .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            Level.WARN,
                            "verdict: RECOGNISER, 1 of 2 seconds unhealthy: STT: alpha: refused with HTTP status 401"
                                    + " (AUTH), never ready; TX healthy; second 1: STT q=120 while it is in trouble"
                                    + " (expected: below 50) [RECOGNISER]");
        }
    }

    @Nested
    class AModeChange {

        @Test
        void shouldBeOneLineEach() {
            moment("CA1", new CallMoment.DrainEntered(0, 100));
            moment("CA1", new CallMoment.DrainLeft(5, 20, 0, 80));
            assertThat(messages()).containsExactly("RX: entering DRAIN mode (q=100)", "RX: back to NORMAL mode (q=20)");
            assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
        }
    }

    @Nested
    class BadInputOfThePeer {

        @Test
        void shouldBeComplainedOfOnceForEachReasonAndCall() {
            for (int i = 0; i < 3; i++) {
                moment("CA1", new CallMoment.InputRefused(i, BadInput.MALFORMED, "no JSON"));
                moment("CA1", new CallMoment.InputRefused(i, BadInput.BAD_PAYLOAD, "no base64"));
                moment("CA2", new CallMoment.InputRefused(i, BadInput.MALFORMED, "no JSON"));
            }
            assertThat(messages())
                    .containsExactly(
                            "input refused: MALFORMED no JSON. Further ones are only counted",
                            "input refused: BAD_PAYLOAD no base64. Further ones are only counted",
                            "input refused: MALFORMED no JSON. Further ones are only counted");
        }

        @Test
        void shouldBeComplainedOfAgainInTheNextCall() {
            CallMoment bad = new CallMoment.InputRefused(0, BadInput.MALFORMED, "no JSON");
            moment("CA1", new CallMoment.CallStarted(0, facts("CA1")));
            moment("CA1", bad);
            moment("CA1", new CallMoment.CallEnded(0, end("over")));
            moment("CA1", new CallMoment.CallStarted(0, facts("CA1")));
            moment("CA1", bad);
            assertThat(messages())
                    .filteredOn(line -> line.startsWith("input refused"))
                    .hasSize(2);
        }
    }

    @Nested
    class WhatCallersSay {

        @Test
        void shouldStayOutOfTheLog() {
            confide();
            assertThat(messages()).containsExactly("key not shown (event)", "key not shown (in the audio)");
        }

        @Test
        void shouldBeInTheLogWhenThatIsSwitchedOn() {
            log = new CallLog(3, true);
            confide();
            assertThat(messages())
                    .containsExactly("caller said: my card is 4711", "key 4 (event)", "key 7 (in the audio)");
        }

        @Test
        void shouldNotForgeALine() {
            log = new CallLog(3, true);
            moment("CA1", new CallMoment.Transcribed(0, 0, 1, "yes\nERROR all is lost"));
            assertThat(messages()).containsExactly("caller said: yes\\u000aERROR all is lost");
        }

        private void confide() {
            moment("CA1", new CallMoment.Transcribed(0, 0, 1, "my card is 4711"));
            moment("CA1", new CallMoment.DtmfPressed(0, '4', false));
            moment("CA1", new CallMoment.DtmfPressed(0, '7', true));
        }
    }

    @Nested
    class TheLifeOfACall {

        static List<Arguments> moments() {
            long ms = 1_000_000;
            return List.of(
                    Arguments.of(
                            new CallMoment.CallStarted(0, facts("CA1")),
                            "INFO call started: stream MZ1 dialect twilio BIDIRECTIONAL"),
                    Arguments.of(
                            new CallMoment.CallContinued(0, "b00t0006", 9_000, 640, 3, 120, "killed by\nSIGKILL", true),
                            "INFO call goes on from boot b00t0006, on the same socket after 640 ms: 3 frames in and"
                                    + " 120 ms out were lost (killed by\\u000aSIGKILL)"),
                    Arguments.of(
                            new CallMoment.CallContinued(0, "b00t0006", 9_000, 2_000, 0, 0, "planned", false),
                            "INFO call goes on from boot b00t0006, on a new stream after 2000 ms: 0 frames in and"
                                    + " 0 ms out were lost (planned)"),
                    Arguments.of(
                            new CallMoment.StateChanged(0, CallState.ACTIVE, CallState.DRAINING, "operator\nasked"),
                            "INFO state ACTIVE -> DRAINING: operator\\u000aasked"),
                    Arguments.of(new CallMoment.FirstFrame(0), "DEBUG first frame of the caller"),
                    Arguments.of(new CallMoment.SttRequested(0, "builtin"), "INFO STT session requested: builtin"),
                    Arguments.of(new CallMoment.SttReady(0, 12 * ms), "INFO STT ready after 12 ms"),
                    Arguments.of(
                            new CallMoment.SttFailed(0, "NETWORK", "reset", true), "WARN STT failed: NETWORK reset"),
                    Arguments.of(
                            new CallMoment.SttFailed(0, "NETWORK", "slow", false), "WARN STT in trouble: NETWORK slow"),
                    Arguments.of(new CallMoment.SttClosed(0), "DEBUG STT session closed"),
                    Arguments.of(new CallMoment.GreetingQueued(0, 3000), "INFO greeting queued: 3000 ms"),
                    Arguments.of(new CallMoment.GreetingStarted(0), "INFO greeting: first frame sent"),
                    Arguments.of(new CallMoment.GreetingEnded(0, MarkOutcome.PLAYED), "INFO greeting PLAYED"),
                    Arguments.of(new CallMoment.AgentAttached(0, "echo"), "INFO agent attached: echo"),
                    Arguments.of(new CallMoment.AgentDetached(0, "over"), "INFO agent detached: over"),
                    Arguments.of(
                            new CallMoment.AgentMissing(0, "none"), "WARN no agent takes the call, asking on: none"),
                    Arguments.of(new CallMoment.SpeechStarted(0, 1200), "INFO caller speaks, at 1200 ms"),
                    Arguments.of(new CallMoment.SpeechEnded(0, 2400), "INFO caller silent, at 2400 ms"),
                    Arguments.of(new CallMoment.UtteranceEnded(0, 1200, 2400), "INFO utterance 1200 to 2400 ms"),
                    Arguments.of(new CallMoment.AgentAnswered(0, 480 * ms), "INFO agent answered after 480 ms"),
                    Arguments.of(new CallMoment.BargedIn(0, 17), "INFO barge-in: 17 frames forgotten"),
                    Arguments.of(
                            new CallMoment.MarkSettled(0, "m1", MarkOutcome.INTERRUPTED), "DEBUG mark m1 INTERRUPTED"),
                    Arguments.of(new CallMoment.ToneHeard(0, SpeechEvent.Tone.BEEP), "INFO tone BEEP"),
                    Arguments.of(new CallMoment.StreamLost(0, "reset"), "WARN stream lost: reset"),
                    Arguments.of(
                            new CallMoment.StreamResumed(0, new StreamId("MZ2"), 900 * ms),
                            "INFO call is back on stream MZ2 after 900 ms"),
                    Arguments.of(
                            new CallMoment.CallEnded(0, end("the peer said stop")),
                            "INFO call ended by CALLER: HANG_UP (the peer said stop)"));
        }

        @ParameterizedTest
        @MethodSource("moments")
        void shouldBeOneLineForEachMoment(CallMoment moment, String line) {
            moment("CA1", moment);
            assertThat(lines.list)
                    .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .containsExactly(line);
        }

        @Test
        void shouldShowAnErrorOfOursWithItsTrace() {
            log.onFailure(facts("CA1"), new IllegalStateException("broken"));
            assertThat(lines.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.ERROR);
                assertThat(line.getThrowableProxy().getMessage()).isEqualTo("broken");
                assertThat(line.getMDCPropertyMap()).containsEntry(Logs.CALL_ID, "CA1");
            });
        }

        @Test
        void shouldHaveNothingForASingleFrame() {
            log.onSendLateness(1_000_000);
            log.onSttWrite(1_000_000);
            assertThat(lines.list).isEmpty();
        }
    }

    private void moment(String callId, CallMoment moment) {
        log.onMoment(facts(callId), moment);
    }

    private void second(String callId, int second, int depthFrames, long drops) {
        log.onSecond(facts(callId), second(callId, second, CallState.ACTIVE, depthFrames, drops), List.of());
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static CallSecond second(String callId, int second, CallState state, int depthFrames, long drops) {
        RxSecond rx = new RxSecond(RxMode.NORMAL, 50, depthFrames, depthFrames, drops, 0.0123, 50, 0, 0, 0, 0, 20);
        TxSecond tx = new TxSecond(50, 3, 0, 0, true, 0, 0.5, 0);
        return new CallSecond(new CallId(callId), second, second * SECOND_NS, state, rx, tx, 1);
    }

    private static CallEnd end(String detail) {
        return new CallEnd(CallEnd.Party.CALLER, CallEnd.Reason.HANG_UP, detail);
    }

    private static CallFacts facts(String callId) {
        return new CallFacts(
                new CallId(callId),
                new StreamId("MZ1"),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                Map.of());
    }
}
