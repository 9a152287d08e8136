package io.steadyline.otel;

import static io.steadyline.otel.Labels.label;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.Diagnosis;
import io.steadyline.signal.Printable;

/**
 * The end of the boot before this one as a span of its own trace: it lasts as long as nobody was there, and has an event
 * for each call that was live. Ids and figures only; nothing of what was said.
 */
final class BootSpan {

    /** Below the SDK's own default of 128 events a span. */
    static final int MAX_CALLS = 100;

    private static final int MAX_ID_CHARS = 128;
    private static final int MAX_SENTENCE_CHARS = 1_000;

    private BootSpan() {}

    static void emit(Tracer tracer, BootReport report) {
        Diagnosis diagnosis = report.diagnosis();
        Span span = tracer.spanBuilder(SpanKeys.BOOT_ENDED)
                .setParent(Context.root())
                .setStartTimestamp(report.endedAt())
                .setAttribute(SpanKeys.CAUSE, label(diagnosis.cause()))
                .setAttribute(SpanKeys.CONFIDENCE, label(diagnosis.confidence()))
                .setAttribute(SpanKeys.SENTENCE, Printable.of(diagnosis.sentence(), MAX_SENTENCE_CHARS))
                .setAttribute(SpanKeys.AUTO_RELOAD, diagnosis.autoReload())
                .setAttribute(SpanKeys.BOOT_ID, Printable.of(report.boot().bootId(), MAX_ID_CHARS))
                .setAttribute(SpanKeys.BOOT_NUMBER, report.boot().number())
                .setAttribute(SpanKeys.CALLS_ADOPTED, count(report, CutCall.Fate.ADOPTED))
                .setAttribute(SpanKeys.CALLS_CLOSED, count(report, CutCall.Fate.CLOSED))
                .setAttribute(SpanKeys.CALLS_CUT, count(report, CutCall.Fate.CUT))
                .startSpan();
        report.calls().stream().limit(MAX_CALLS).forEach(call -> tell(span, call));
        span.end(report.endedAt().plus(report.away()));
    }

    private static void tell(Span span, CutCall call) {
        Attributes what = Attributes.builder()
                .put(SpanKeys.CALL_ID, Printable.of(call.callId(), MAX_ID_CHARS))
                .put(SpanKeys.STREAM_ID, Printable.of(call.streamId(), MAX_ID_CHARS))
                .put(SpanKeys.DIALECT, call.dialect())
                .put(SpanKeys.AGE_MS, call.age().toMillis())
                .put(SpanKeys.FRAMES_IN, call.framesIn())
                .put(SpanKeys.FRAMES_OUT, call.framesOut())
                .put(SpanKeys.LOST_IN_FRAMES, call.lostInFrames())
                .put(SpanKeys.LOST_OUT_MS, call.lostOutMs())
                .put(SpanKeys.MARKS_OUTSTANDING, (long) call.marksOutstanding())
                .put(SpanKeys.EXACT, call.exact())
                .build();
        span.addEvent("call " + label(call.fate()), what, call.lastSeen());
    }

    private static long count(BootReport report, CutCall.Fate fate) {
        return report.calls().stream().filter(call -> call.fate() == fate).count();
    }
}
