package io.steadyline.otel;

import static io.steadyline.otel.Labels.label;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.Metric;
import io.steadyline.telemetry.QueueCounts;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics of all calls. Told by the media loop; a moment costs an addition or two, a second a few dozen, a frame one
 * record of a histogram (32 ns a reader, no allocation, measured; buckets of our own took 14 ns: not worth a
 * second kind of histogram). Read by whoever collects, who never makes the loop wait.
 */
final class CallMetrics {

    private static final double NS_PER_MS = 1e6;
    private static final List<Double> LATENESS_MS = List.of(0.1, 0.2, 0.5, 1d, 2d, 5d, 10d, 20d, 50d, 100d, 200d, 500d);
    // R17 wants below 1 ms.
    private static final List<Double> WRITE_MS = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1d, 2d, 5d, 10d, 50d);
    private static final List<Double> OPEN_MS = List.of(50d, 100d, 200d, 300d, 500d, 750d, 1e3, 2e3, 4e3, 8e3);
    private static final List<Double> RESPONSE_MS =
            List.of(200d, 400d, 600d, 800d, 1e3, 1.2e3, 1.5e3, 2e3, 3e3, 5e3, 1e4);
    private static final List<Double> DRAIN_MS = List.of(20d, 50d, 100d, 200d, 500d, 1e3, 2e3, 5e3, 1e4);

    private final Collection<LiveCall> liveCalls;

    private final Counter callsStarted;
    private final Counter callsEnded;
    private final Counter callsJudged;
    private final Counter callsContinued;
    private final LongAdder streamsLost;
    private final LongAdder streamsResumed;
    private final Counter inputRefused;
    private final Counter socketsRefused;

    private final QueueTotals queues;

    private final LongAdder rxMissing;
    private final LongAdder rxDrains;
    private final DoubleHistogram rxDrainDuration;
    private final LongAdder txUnderruns;
    private final DoubleHistogram sendLateness;
    private final DoubleHistogram loopLateness;
    private volatile long sustainedLatenessNs;
    private volatile double busyShare;
    private final Counter marks;
    private final LongAdder bargeIns;

    private final DoubleHistogram sttOpen;
    private final DoubleHistogram sttWrite;
    private final Counter sttFailures;

    private final LongAdder agentAttaches;
    private final LongAdder agentMissing;
    private final LongAdder agentDetaches;
    private final DoubleHistogram agentResponse;

    /** @param liveCalls a view that may be walked while calls come and go */
    CallMetrics(Instruments instruments, Collection<LiveCall> liveCalls) {
        this.liveCalls = liveCalls;
        callsStarted = instruments.counter(Metric.CALLS_STARTED);
        instruments.upDown(Metric.CALLS_LIVE, this::observeLiveCalls);
        callsEnded = instruments.counter(Metric.CALLS_ENDED);
        callsJudged = instruments.counter(Metric.CALLS_JUDGED);
        callsContinued = instruments.counter(Metric.CALLS_CONTINUED);
        streamsLost = instruments.counter(Metric.STREAMS_LOST).at();
        streamsResumed = instruments.counter(Metric.STREAMS_RESUMED).at();
        inputRefused = instruments.counter(Metric.INPUT_REFUSED);
        socketsRefused = instruments.counter(Metric.SOCKETS_REFUSED);
        queues = new QueueTotals(instruments, liveCalls);
        rxMissing = instruments.counter(Metric.RX_MISSING).at();
        rxDrains = instruments.counter(Metric.RX_DRAINS).at();
        rxDrainDuration = instruments.histogram(Metric.RX_DRAIN_DURATION, DRAIN_MS);
        txUnderruns = instruments.counter(Metric.TX_UNDERRUNS).at();
        sendLateness = instruments.histogram(Metric.SEND_LATENESS, LATENESS_MS);
        loopLateness = instruments.histogram(Metric.LOOP_LATENESS, LATENESS_MS);
        instruments.gauge(
                Metric.LOOP_SUSTAINED_LATENESS,
                measurement -> measurement.record(liveCalls.isEmpty() ? 0 : sustainedLatenessNs / 1_000_000));
        instruments.gauge(
                Metric.LOOP_BUSY,
                measurement -> measurement.record(liveCalls.isEmpty() ? 0 : Math.round(100 * busyShare)));
        marks = instruments.counter(Metric.MARKS);
        bargeIns = instruments.counter(Metric.BARGE_INS).at();
        sttOpen = instruments.histogram(Metric.STT_OPEN, OPEN_MS);
        sttWrite = instruments.histogram(Metric.STT_WRITE, WRITE_MS);
        sttFailures = instruments.counter(Metric.STT_FAILURES);
        agentAttaches = instruments.counter(Metric.AGENT_ATTACHES).at();
        agentMissing = instruments.counter(Metric.AGENT_MISSING).at();
        agentDetaches = instruments.counter(Metric.AGENT_DETACHES).at();
        agentResponse = instruments.histogram(Metric.AGENT_RESPONSE, RESPONSE_MS);
        showKnownLabelsAsZero();
    }

    void onStarted(String dialect) {
        callsStarted.at(dialect).increment();
    }

    void onBadInput(BadInput reason) {
        inputRefused.at(label(reason)).increment();
    }

    void onSocketRefused(IngressObserver.Refusal refusal) {
        socketsRefused.at(label(refusal)).increment();
    }

    /** Nobody tells without calls; then there is no load. */
    void onLoopLoad(long latenessNs, double share) {
        sustainedLatenessNs = latenessNs;
        busyShare = share;
    }

    void onMoment(LiveCall call, CallMoment moment) {
        switch (moment) {
            case CallMoment.CallContinued continued ->
                callsContinued.at(Labels.continued(continued.adopted())).increment();
            case CallMoment.StateChanged changed -> call.enter(changed.to());
            case CallMoment.SttRequested requested -> call.requested(requested.provider());
            case CallMoment.SttReady ready ->
                sttOpen.record(ready.connectNs() / NS_PER_MS, Labels.provider(call.recogniser()));
            case CallMoment.SttFailed failed ->
                sttFailures.at(call.recogniser(), failed.category()).increment();
            case CallMoment.AgentAttached _ -> agentAttaches.increment();
            case CallMoment.AgentMissing _ -> agentMissing.increment();
            case CallMoment.AgentDetached _ -> agentDetaches.increment();
            case CallMoment.DrainEntered _ -> rxDrains.increment();
            case CallMoment.DrainLeft left -> rxDrainDuration.record((left.atNs() - left.fromNs()) / NS_PER_MS);
            case CallMoment.AgentAnswered answered -> agentResponse.record(answered.sinceSpeechEndNs() / NS_PER_MS);
            case CallMoment.BargedIn _ -> bargeIns.increment();
            case CallMoment.MarkSettled settled ->
                marks.at(label(settled.outcome())).increment();
            case CallMoment.InputRefused refused -> onBadInput(refused.reason());
            case CallMoment.StreamLost _ -> streamsLost.increment();
            case CallMoment.StreamResumed _ -> streamsResumed.increment();
            case CallMoment.CallStarted _,
                    CallMoment.FirstFrame _,
                    CallMoment.SttClosed _,
                    CallMoment.GreetingQueued _,
                    CallMoment.GreetingStarted _,
                    CallMoment.GreetingEnded _,
                    CallMoment.SpeechStarted _,
                    CallMoment.SpeechEnded _,
                    CallMoment.Transcribed _,
                    CallMoment.UtteranceEnded _,
                    CallMoment.DtmfPressed _,
                    CallMoment.ToneHeard _,
                    CallMoment.MarkSent _,
                    CallMoment.CallEnded _ -> {}
        }
    }

    void onEnded(CallEnd end, CallVerdict verdict) {
        callsEnded.at(label(end.reason()), label(end.by())).increment();
        callsJudged.at(Labels.verdict(verdict)).increment();
    }

    void onSecond(LiveCall call, CallSecond second, List<QueueCounts> counts) {
        queues.add(call, counts);
        rxMissing.add(second.rx().missing());
        txUnderruns.add(second.tx().underruns());
        loopLateness.record(second.loopLatenessMs());
    }

    void onSendLateness(long latenessNs) {
        sendLateness.record(latenessNs / NS_PER_MS);
    }

    void onSttWrite(long writeNs) {
        sttWrite.record(writeNs / NS_PER_MS);
    }

    private void observeLiveCalls(ObservableLongMeasurement measurement) {
        Map<CallState, Long> calls = new EnumMap<>(CallState.class);
        liveCalls.forEach(call -> calls.merge(call.state(), 1L, Long::sum));
        Arrays.stream(CallState.values())
                .filter(CallState::isLive)
                .forEach(state -> measurement.record(calls.getOrDefault(state, 0L), Labels.state(state)));
    }

    /** So that the first of its kind is seen as a step from 0 to 1. */
    private void showKnownLabelsAsZero() {
        Labels.verdicts().forEach(callsJudged::at);
        callsContinued.at(Labels.continued(true));
        callsContinued.at(Labels.continued(false));
        for (IngressObserver.Refusal refusal : IngressObserver.Refusal.values()) {
            socketsRefused.at(label(refusal));
        }
        for (BadInput reason : BadInput.values()) {
            inputRefused.at(label(reason));
        }
        for (MarkOutcome outcome : MarkOutcome.values()) {
            marks.at(label(outcome));
        }
    }
}
