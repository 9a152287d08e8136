package io.steadyline.grpc;

import io.steadyline.call.CallView;
import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TxSecond;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls and seconds with a different number in every field, so that none can be mistaken for another. */
public final class TestCalls {

    public static final CallVerdict UNHEALTHY =
            new CallVerdict(FaultSide.NETWORK, 9, 3, "fps_in=31 (expected: about 50)");

    static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private TestCalls() {}

    /** The stream of call CA1 is MZ1. */
    public static CallView live(String callId, int startedAtS) {
        return call(callId, startedAtS, CallState.ACTIVE, CallVerdict.UNJUDGED);
    }

    public static CallView ended(String callId, int startedAtS) {
        return call(callId, startedAtS, CallState.CLOSED, CallVerdict.UNJUDGED);
    }

    public static CallView call(String callId, int startedAtS, CallState state, CallVerdict verdict) {
        CallFacts facts = new CallFacts(
                new CallId(callId),
                new StreamId(callId.replace("CA", "MZ")),
                "twilio",
                "AC7",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.OUTBOUND, Track.INBOUND),
                Map.of("tenant", "secret value", "lang", "de"));
        return new CallView(
                facts,
                state,
                EPOCH.plusSeconds(startedAtS),
                Duration.ofMillis(12_345),
                "Echo",
                "builtin",
                queues(),
                Optional.of(second(callId, 11, state)),
                verdict,
                2,
                state.isLive()
                        ? Optional.empty()
                        : Optional.of(new CallEnd(CallEnd.Party.CALLER, CallEnd.Reason.HANG_UP, "the caller hung up")));
    }

    public static CallSecond second(String callId, int second, CallState state) {
        return new CallSecond(
                new CallId(callId),
                second,
                1_000_000_000L * (second + 1),
                state,
                new RxSecond(RxMode.DRAIN, 50.1, 1, 2, 3, 0.4, 5, 6, 7, 8, 9, 10.5),
                new TxSecond(49.9, 11, 12, 13, true, 14, 1.5, 16),
                17.5);
    }

    private static List<QueueCounts> queues() {
        return List.of(
                new QueueCounts(QueueName.RX, 21, 10, 1, 2, 3, 4, 5, 6, 7),
                new QueueCounts(QueueName.STT, 22, 22, 0, 0, 0, 0, 0, 1, 0),
                new QueueCounts(QueueName.TX, 23, 23, 0, 0, 0, 0, 0, 1, 0),
                new QueueCounts(QueueName.SEND, 24, 24, 0, 0, 0, 0, 0, 1, 0));
    }
}
