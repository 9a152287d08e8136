package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Stamp;
import io.steadyline.signal.SpeechEvent.Word;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.TranscriptLine;
import io.steadyline.testkit.CallHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TranscriptRecorderTest {

    private static final CallFacts FACTS = CallHarness.facts(CallHarness.CALL_ID, "MZ1", StreamMode.BIDIRECTIONAL);

    private final List<TranscriptLine> lines = new ArrayList<>();
    private final TranscriptRecorder recorder = new TranscriptRecorder(lines::add);

    @Test
    void shouldWriteDownWhatWasSaidAndWhatWasMissed() {
        List<Word> words =
                List.of(new Word("hello", Duration.ofMillis(310), Duration.ofMillis(890), OptionalDouble.of(0.9)));
        recorder.onMoment(FACTS, new CallMoment.CallStarted(1, FACTS));
        recorder.onSpeech(FACTS, new SpeechEvent.Ready(stamp(1), Duration.ZERO));
        recorder.onSpeech(FACTS, new SpeechEvent.Interim(stamp(1), "s1", "hel"));
        recorder.onSpeech(
                FACTS,
                new SpeechEvent.Final(
                        stamp(1),
                        "s1",
                        "hello",
                        Duration.ofMillis(310),
                        Duration.ofMillis(890),
                        OptionalDouble.empty(),
                        words,
                        Cause.PROMOTED));
        recorder.onSpeech(
                FACTS,
                new SpeechEvent.Failure(stamp(1), "transient", Optional.of("1006"), "closed with 1006", true, false));
        recorder.onSpeech(
                FACTS, new SpeechEvent.Gap(stamp(2), Duration.ofSeconds(1), Duration.ofSeconds(2), "fail-over"));
        recorder.onSpeech(FACTS, new SpeechEvent.Closed(stamp(2)));
        CallEnd end = new CallEnd(CallEnd.Party.PEER, CallEnd.Reason.HANG_UP, "stop");
        recorder.onMoment(FACTS, new CallMoment.CallEnded(9, end));
        assertThat(lines)
                .containsExactly(
                        new TranscriptLine.Begun(
                                FACTS.callId(),
                                FACTS.streamId(),
                                FACTS.dialect(),
                                FACTS.accountId(),
                                FACTS.recognisedTrack()),
                        new TranscriptLine.Said(
                                FACTS.callId(),
                                FACTS.streamId(),
                                "alpha",
                                1,
                                "s1",
                                310,
                                890,
                                "hello",
                                OptionalDouble.empty(),
                                words,
                                Cause.PROMOTED),
                        new TranscriptLine.Failed(
                                FACTS.callId(), FACTS.streamId(), "alpha", 1, "transient", "closed with 1006", false),
                        new TranscriptLine.Missed(FACTS.callId(), FACTS.streamId(), "alpha", 1_000, 2_000, "fail-over"),
                        new TranscriptLine.Ended(FACTS.callId(), FACTS.streamId(), end.reason(), end.by()));
    }

    private static Stamp stamp(int attempt) {
        return new Stamp("alpha", attempt, 1, Duration.ZERO);
    }
}
