package io.steadyline.otel;

import io.steadyline.media.AudioFormat;
import io.steadyline.port.CallObserver;
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
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TxSecond;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call as the media loop would tell of it. Times are in ms since the call's start, which is at 0 on the clock. */
final class PlayedCall {

    /** 2023-11-14T22:13:20Z is 0 on the monotonic clock. */
    static final WallClock CLOCK = new WallClock(1_700_000_000_000_000_000L, 0);

    static final String SECRET_WORDS = "my card is 4111";
    static final String PHONE_NUMBER = "+15551234567";

    private final CallObserver observer;
    private final CallFacts facts;

    PlayedCall(CallObserver observer, Map<String, String> parameters) {
        this(observer, "CA1", parameters);
    }

    PlayedCall(CallObserver observer, String callId, Map<String, String> parameters) {
        this.observer = observer;
        this.facts = new CallFacts(
                new CallId(callId),
                new StreamId("MZ1"),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                parameters);
    }

    CallId callId() {
        return facts.callId();
    }

    static long ms(long ms) {
        return ms * 1_000_000;
    }

    void tell(CallMoment moment) {
        observer.onMoment(facts, moment);
    }

    void start() {
        tell(new CallMoment.CallStarted(0, facts));
    }

    /** The stream of a call that an earlier boot had. */
    void startAgain(String traceparent, boolean adopted) {
        tell(new CallMoment.CallStarted(0, facts, traceparent));
        tell(new CallMoment.CallContinued(0, "boot-6", 9_000, 640, 3, 120, "killed by SIGKILL", adopted));
    }

    void end(long atMs) {
        tell(new CallMoment.CallEnded(
                ms(atMs), new CallEnd(CallEnd.Party.CALLER, CallEnd.Reason.HANG_UP, "said " + PHONE_NUMBER)));
    }

    /** One turn of the caller that the agent answers. */
    void turn(long atMs) {
        tell(new CallMoment.SpeechStarted(ms(atMs), atMs));
        tell(new CallMoment.AgentAnswered(ms(atMs + 1), ms(1)));
    }

    void second(int number, QueueCounts... queues) {
        RxSecond rx = new RxSecond(RxMode.NORMAL, 50, 1, 2, 0, 0.1, 50, 0, 1, 3, 1, 21);
        TxSecond tx = new TxSecond(50, 2, 0, 0, true, 0, 1.5, 2);
        observer.onSecond(
                facts,
                new CallSecond(facts.callId(), number, ms(1_000L * (number + 1)), CallState.ACTIVE, rx, tx, 4.5),
                List.of(queues));
    }

    /** @param total frames in so far, of which ten were dropped for each reason and {@code depth} wait */
    static QueueCounts counts(QueueName queue, long total, int depth) {
        return new QueueCounts(queue, total, total - 30 - depth, 10, 10, 10, 5, depth, 60, 0);
    }

    /** Something of everything, and much left open at the end. */
    void playAll() {
        start();
        tell(new CallMoment.SttRequested(ms(1), "builtin"));
        tell(new CallMoment.GreetingQueued(ms(2), 1_000));
        tell(new CallMoment.AgentAttached(ms(3), "echo"));
        tell(new CallMoment.FirstFrame(ms(20)));
        tell(new CallMoment.StateChanged(ms(20), CallState.CONNECTING, CallState.ACTIVE, "first frame"));
        tell(new CallMoment.GreetingStarted(ms(40)));
        tell(new CallMoment.SttReady(ms(120), ms(119)));
        observer.onSendLateness(ms(3));
        observer.onSttWrite(50_000);
        second(0, counts(QueueName.RX, 100, 7), counts(QueueName.STT, 90, 6));
        tell(new CallMoment.GreetingEnded(ms(1_040), MarkOutcome.PLAYED));
        tell(new CallMoment.SpeechStarted(ms(2_000), 1_980));
        tell(new CallMoment.DrainEntered(ms(2_100), 100));
        tell(new CallMoment.DrainLeft(ms(2_600), 20, ms(2_100), 300));
        tell(new CallMoment.SpeechEnded(ms(3_000), 2_980));
        tell(new CallMoment.Transcribed(ms(3_200), 1_980, 2_980, SECRET_WORDS));
        tell(new CallMoment.UtteranceEnded(ms(3_210), 1_980, 2_980));
        tell(new CallMoment.AgentAnswered(ms(3_700), ms(700)));
        second(1, counts(QueueName.RX, 150, 8), counts(QueueName.STT, 140, 9));
        tell(new CallMoment.SpeechStarted(ms(5_000), 4_980));
        tell(new CallMoment.BargedIn(ms(5_010), 12));
        tell(new CallMoment.MarkSettled(ms(5_020), "answer", MarkOutcome.INTERRUPTED));
        tell(new CallMoment.DtmfPressed(ms(5_100), '7', true));
        tell(new CallMoment.ToneHeard(ms(5_200), SpeechEvent.Tone.BEEP));
        tell(new CallMoment.InputRefused(ms(5_300), BadInput.BAD_PAYLOAD, "'" + PHONE_NUMBER + "'"));
        tell(new CallMoment.InputRefused(ms(5_301), BadInput.BAD_PAYLOAD, "'" + PHONE_NUMBER + "'"));
        tell(new CallMoment.SttFailed(ms(5_400), "slow", "heard " + SECRET_WORDS, false));
        tell(new CallMoment.StreamLost(ms(6_000), "reset"));
        tell(new CallMoment.StreamResumed(ms(6_500), new StreamId("MZ2"), ms(500)));
        tell(new CallMoment.AgentDetached(ms(7_000), "caller said " + SECRET_WORDS));
        tell(new CallMoment.AgentAttached(ms(7_100), "echo"));
        tell(new CallMoment.SttFailed(ms(7_200), "quota", "heard " + SECRET_WORDS, true));
        tell(new CallMoment.SttClosed(ms(7_201)));
        tell(new CallMoment.DrainEntered(ms(7_300), 101));
        end(8_000);
    }
}
