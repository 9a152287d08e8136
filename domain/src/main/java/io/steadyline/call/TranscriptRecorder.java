package io.steadyline.call;

import io.steadyline.port.CallObserver;
import io.steadyline.port.TranscriptSink;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.TranscriptLine;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import java.util.List;

/** Makes lines of what calls tell, and gives them to a sink. Knows nothing of a call but what it is told at the moment. */
public final class TranscriptRecorder implements CallObserver {

    private final TranscriptSink sink;

    public TranscriptRecorder(TranscriptSink sink) {
        this.sink = sink;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        switch (moment) {
            case CallMoment.CallStarted _ ->
                sink.accept(new TranscriptLine.Begun(
                        facts.callId(), facts.streamId(), facts.dialect(), facts.accountId(), facts.recognisedTrack()));
            case CallMoment.CallEnded ended ->
                sink.accept(new TranscriptLine.Ended(
                        facts.callId(),
                        facts.streamId(),
                        ended.end().reason(),
                        ended.end().by()));
            default -> {
                // Nothing that was said.
            }
        }
    }

    @Override
    public void onSpeech(CallFacts facts, SpeechEvent event) {
        String vendor = event.stamp().provider();
        switch (event) {
            case SpeechEvent.Final said ->
                sink.accept(new TranscriptLine.Said(
                        facts.callId(),
                        facts.streamId(),
                        vendor,
                        said.stamp().attempt(),
                        said.segmentId(),
                        said.start().toMillis(),
                        said.end().toMillis(),
                        said.text(),
                        said.confidence(),
                        said.words(),
                        said.cause()));
            case SpeechEvent.Gap gap ->
                sink.accept(new TranscriptLine.Missed(
                        facts.callId(),
                        facts.streamId(),
                        vendor,
                        gap.from().toMillis(),
                        gap.to().toMillis(),
                        gap.reason()));
            case SpeechEvent.Failure failure ->
                sink.accept(new TranscriptLine.Failed(
                        facts.callId(),
                        facts.streamId(),
                        vendor,
                        failure.stamp().attempt(),
                        failure.category(),
                        failure.message(),
                        failure.fatal()));
            default -> {
                // May still change, or is no word.
            }
        }
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        // Nothing that was said.
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // Per frame.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // Per frame.
    }
}
