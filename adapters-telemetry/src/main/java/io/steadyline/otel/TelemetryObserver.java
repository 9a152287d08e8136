package io.steadyline.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.steadyline.port.CallObserver;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.Metric;
import io.steadyline.telemetry.QueueCounts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the media loop tells of calls into metrics and traces. Nothing here waits: numbers are added up in place, an
 * ended span is put into the SDK's bounded queue or dropped and counted. An error in one call's telemetry is counted,
 * logged once for each call, and goes no further.
 */
final class TelemetryObserver implements CallObserver, IngressObserver {

    private static final Logger log = LoggerFactory.getLogger(TelemetryObserver.class);

    private final ConcurrentHashMap<CallId, LiveCall> calls = new ConcurrentHashMap<>();
    private final CallMetrics metrics;
    private final Tracing tracing;
    private final LongAdder invalidContexts;
    private final LongAdder metricErrors;
    private final LongAdder traceErrors;
    private volatile Function<CallId, CallVerdict> verdicts = id -> CallVerdict.UNJUDGED;

    TelemetryObserver(
            OpenTelemetry otel, Instruments instruments, WallClock clock, int maxSpansPerCall, boolean transcripts) {
        metrics = new CallMetrics(instruments, calls.values());
        invalidContexts = instruments.counter(Metric.TRACE_CONTEXT_INVALID).at();
        LongAdder spansRefused = instruments.counter(Metric.TRACE_SPANS_REFUSED).at();
        Counter errors = instruments.counter(Metric.OBSERVER_ERRORS);
        metricErrors = errors.at("metrics");
        traceErrors = errors.at("traces");
        tracing = new Tracing(otel.getTracer(Telemetry.SCOPE), clock, maxSpansPerCall, spansRefused, transcripts);
    }

    void verdictsFrom(Function<CallId, CallVerdict> source) {
        verdicts = source;
    }

    /** Where the call's own spans hang; empty for a call that is not known. Any thread. */
    Map<String, String> traceContext(CallId callId) {
        LiveCall call = calls.get(callId);
        return call == null ? Map.of() : TraceContext.headers(call.trace().context());
    }

    @Override
    public void onSocketRefused(Refusal refusal) {
        metrics.onSocketRefused(refusal);
    }

    @Override
    public void onBadInput(BadInput reason) {
        metrics.onBadInput(reason);
    }

    @Override
    public void onLoopLoad(long latenessNs, double busyShare) {
        metrics.onLoopLoad(latenessNs, busyShare);
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        if (moment instanceof CallMoment.CallStarted started) {
            start(started);
        }
        LiveCall call = calls.get(facts.callId());
        if (call == null) {
            return;
        }
        guard(facts, call, metricErrors, () -> metrics.onMoment(call, moment));
        guard(facts, call, traceErrors, () -> call.trace().onMoment(moment));
        if (moment instanceof CallMoment.CallEnded ended) {
            calls.remove(facts.callId());
            CallVerdict verdict = verdict(facts, call);
            guard(facts, call, metricErrors, () -> metrics.onEnded(ended.end(), verdict));
            guard(facts, call, traceErrors, () -> call.trace().end(ended.atNs(), ended.end(), verdict));
        }
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        LiveCall call = calls.get(facts.callId());
        if (call != null) {
            guard(facts, call, metricErrors, () -> metrics.onSecond(call, second, queues));
        }
    }

    @Override
    public void onSendLateness(long latenessNs) {
        metrics.onSendLateness(latenessNs);
    }

    @Override
    public void onSttWrite(long writeNs) {
        metrics.onSttWrite(writeNs);
    }

    private void start(CallMoment.CallStarted started) {
        CallFacts facts = started.facts();
        if (calls.containsKey(facts.callId())) {
            return;
        }
        try {
            Context parent = TraceContext.of(started.traceparent(), facts.parameters(), invalidContexts);
            calls.put(facts.callId(), new LiveCall(new CallTrace(tracing, facts, parent, started.atNs())));
            metrics.onStarted(facts.dialect());
        } catch (RuntimeException e) {
            traceErrors.increment();
            logError(facts, e);
        }
    }

    private CallVerdict verdict(CallFacts facts, LiveCall call) {
        try {
            return verdicts.apply(facts.callId());
        } catch (RuntimeException e) {
            count(facts, call, metricErrors, e);
            return CallVerdict.UNJUDGED;
        }
    }

    private static void guard(CallFacts facts, LiveCall call, LongAdder errors, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            count(facts, call, errors, e);
        }
    }

    private static void count(CallFacts facts, LiveCall call, LongAdder errors, RuntimeException e) {
        errors.increment();
        if (call.isFirstError()) {
            logError(facts, e);
        }
    }

    private static void logError(CallFacts facts, RuntimeException e) {
        String callId = Printable.of(facts.callId().value(), 128);
        log.warn("call {}: an error in its telemetry; the call goes on", callId, e);
    }
}
