package io.steadyline.otel;

import static io.steadyline.otel.Labels.label;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.CallVerdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One call as a trace: the call, and in it the greeting, the recogniser's session, the agent, each turn of the caller and
 * each episode of drain mode. A span that is not open is OpenTelemetry's invalid one, which takes everything and does
 * nothing. Owned by the media loop; starting and ending a span takes no lock that an export holds.
 */
final class CallTrace {

    private static final double NS_PER_MS = 1e6;
    private static final int MAX_ID_CHARS = 128;
    private static final int MAX_TEXT_CHARS = 1_000;
    private static final Span NOT_OPEN = Span.getInvalid();

    private final Tracing tracing;
    private final Span call;
    private final Context inCall;
    private final Set<BadInput> refusalsTold = EnumSet.noneOf(BadInput.class);
    private Span greeting = NOT_OPEN;
    private Span stt = NOT_OPEN;
    private Span agent = NOT_OPEN;
    private Span turn = NOT_OPEN;
    private Span drain = NOT_OPEN;
    private int spans = 1;
    private long turns;
    private long resumes;

    CallTrace(Tracing tracing, CallFacts facts, Context parent, long atNs) {
        this.tracing = tracing;
        call = tracing.tracer()
                .spanBuilder(SpanKeys.CALL)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .setStartTimestamp(tracing.clock().toEpochNs(atNs), TimeUnit.NANOSECONDS)
                .setAttribute(SpanKeys.CALL_ID, Printable.of(facts.callId().value(), MAX_ID_CHARS))
                .setAttribute(SpanKeys.STREAM_ID, Printable.of(facts.streamId().value(), MAX_ID_CHARS))
                .setAttribute(SpanKeys.DIALECT, facts.dialect())
                .startSpan();
        inCall = parent.with(call);
    }

    /** Where others may hang on their own spans: the call's span, or what the peer sent when the call is not traced. */
    Context context() {
        return inCall;
    }

    void onMoment(CallMoment moment) {
        if (!call.isRecording()) {
            return;
        }
        long atNs = moment.atNs();
        switch (moment) {
            case CallMoment.CallContinued continued -> continued(continued);
            case CallMoment.StateChanged changed ->
                event(call, "state", atNs, Attributes.of(SpanKeys.STATE, label(changed.to())));
            case CallMoment.FirstFrame _ -> event(call, "first frame", atNs, Attributes.empty());
            case CallMoment.SttRequested requested -> sttRequested(requested);
            case CallMoment.SttReady ready ->
                event(stt, "ready", atNs, Attributes.of(SpanKeys.CONNECT_MS, ready.connectNs() / NS_PER_MS));
            case CallMoment.SttFailed failed -> sttFailed(failed);
            case CallMoment.SttClosed _ -> stt = ended(stt, atNs);
            case CallMoment.GreetingQueued queued -> {
                ended(greeting, atNs);
                greeting = child(SpanKeys.GREETING, atNs).setAttribute(SpanKeys.DURATION_MS, queued.durationMs());
            }
            case CallMoment.GreetingStarted _ -> event(greeting, "started", atNs, Attributes.empty());
            case CallMoment.GreetingEnded end -> {
                greeting.setAttribute(SpanKeys.OUTCOME, label(end.outcome()));
                greeting = ended(greeting, atNs);
            }
            case CallMoment.AgentAttached attached -> {
                ended(agent, atNs);
                call.setAttribute(SpanKeys.AGENT_NAME, attached.agent());
                agent = child(SpanKeys.AGENT, atNs).setAttribute(SpanKeys.AGENT_NAME, attached.agent());
            }
            case CallMoment.AgentMissing _ -> event(call, "agent missing", atNs, Attributes.empty());
            case CallMoment.AgentDetached detached -> {
                personal(agent, detached.why());
                agent = ended(agent, atNs);
            }
            case CallMoment.DrainEntered entered -> {
                ended(drain, atNs);
                drain = child(SpanKeys.RX_DRAIN, atNs)
                        .setAttribute(SpanKeys.DEPTH_AT_ENTER, (long) entered.depthFrames());
            }
            case CallMoment.DrainLeft left -> {
                drain.setAttribute(SpanKeys.DEPTH_AT_LEAVE, (long) left.depthFrames())
                        .setAttribute(SpanKeys.FRAMES, left.framesDrained());
                drain = ended(drain, atNs);
            }
            case CallMoment.SpeechStarted started -> {
                ended(turn, atNs);
                turn = child(SpanKeys.CALLER_TURN, atNs)
                        .setAttribute(SpanKeys.TURN, ++turns)
                        .setAttribute(SpanKeys.OFFSET_MS, started.offsetMs());
            }
            case CallMoment.SpeechEnded ended ->
                event(turnOrCall(), "speech ended", atNs, Attributes.of(SpanKeys.OFFSET_MS, ended.offsetMs()));
            case CallMoment.Transcribed said ->
                event(turnOrCall(), "transcript", atNs, stretch(said.startMs(), said.endMs(), said.text()));
            case CallMoment.UtteranceEnded ended ->
                event(turnOrCall(), "utterance ended", atNs, stretch(ended.startMs(), ended.endMs(), ""));
            case CallMoment.AgentAnswered answered -> {
                turn.setAttribute(SpanKeys.RESPONSE_MS, answered.sinceSpeechEndNs() / NS_PER_MS);
                turn = ended(turn, atNs);
            }
            case CallMoment.BargedIn barged -> {
                turn.setAttribute(SpanKeys.BARGED_IN, true);
                event(turnOrCall(), "barge-in", atNs, Attributes.of(SpanKeys.FRAMES, barged.droppedFrames()));
            }
            case CallMoment.DtmfPressed pressed -> dtmf(pressed);
            case CallMoment.ToneHeard heard ->
                event(call, "tone", atNs, Attributes.of(SpanKeys.TONE, label(heard.tone())));
            case CallMoment.InputRefused refused -> inputRefused(refused);
            case CallMoment.StreamLost _ -> event(call, "stream lost", atNs, Attributes.empty());
            case CallMoment.StreamResumed resumed -> streamResumed(resumed);
            case CallMoment.CallStarted _, CallMoment.MarkSent _, CallMoment.MarkSettled _, CallMoment.CallEnded _ -> {}
        }
    }

    /** Closes whatever is still open, the call last. */
    void end(long atNs, CallEnd end, CallVerdict verdict) {
        turn = cut(turn, atNs);
        drain = cut(drain, atNs);
        greeting = cut(greeting, atNs);
        agent = cut(agent, atNs);
        stt = cut(stt, atNs);
        call.setAttribute(SpanKeys.END_REASON, label(end.reason()))
                .setAttribute(SpanKeys.END_BY, label(end.by()))
                .setAttribute(SpanKeys.VERDICT, Labels.verdict(verdict))
                .setAttribute(SpanKeys.RESUMES, resumes);
        if (end.reason() == CallEnd.Reason.INTERNAL_ERROR) {
            call.setStatus(StatusCode.ERROR, label(end.reason()));
        }
        ended(call, atNs);
    }

    private void continued(CallMoment.CallContinued continued) {
        String how = Labels.continued(continued.adopted());
        String sinceBoot = Printable.of(continued.sinceBoot(), MAX_ID_CHARS);
        call.setAttribute(SpanKeys.CONTINUED, how).setAttribute(SpanKeys.SINCE_BOOT, sinceBoot);
        Attributes what = Attributes.builder()
                .put(SpanKeys.CAUSE, Printable.of(continued.cause(), MAX_TEXT_CHARS))
                .put(SpanKeys.GAP_MS, (double) continued.gapMs())
                .put(SpanKeys.LOST_IN_FRAMES, continued.lostInFrames())
                .put(SpanKeys.LOST_OUT_MS, continued.lostOutMs())
                .build();
        event(call, how, continued.atNs(), what);
    }

    private void sttRequested(CallMoment.SttRequested requested) {
        ended(stt, requested.atNs());
        call.setAttribute(SpanKeys.RECOGNISER, requested.provider());
        stt = child(SpanKeys.STT_SESSION, requested.atNs()).setAttribute(SpanKeys.RECOGNISER, requested.provider());
    }

    private void sttFailed(CallMoment.SttFailed failed) {
        Attributes what =
                Attributes.of(SpanKeys.CATEGORY, Printable.of(failed.category()), SpanKeys.FATAL, failed.fatal());
        event(stt.isRecording() ? stt : call, "failed", failed.atNs(), what);
        if (failed.fatal()) {
            personal(stt, failed.message());
            stt.setStatus(StatusCode.ERROR, Printable.of(failed.category()));
            stt = ended(stt, failed.atNs());
        }
    }

    private void dtmf(CallMoment.DtmfPressed pressed) {
        Attributes known = Attributes.of(SpanKeys.FROM_AUDIO, pressed.fromAudio());
        Attributes all = tracing.includeTranscripts()
                ? known.toBuilder()
                        .put(SpanKeys.TEXT, String.valueOf(pressed.digit()))
                        .build()
                : known;
        event(call, "dtmf", pressed.atNs(), all);
    }

    /** The first of each kind: a peer that sends nothing else would use up the span's room for events. */
    private void inputRefused(CallMoment.InputRefused refused) {
        if (refusalsTold.add(refused.reason())) {
            event(call, "input refused", refused.atNs(), Attributes.of(SpanKeys.REASON, label(refused.reason())));
        }
    }

    private void streamResumed(CallMoment.StreamResumed resumed) {
        resumes++;
        Attributes what = Attributes.of(
                SpanKeys.STREAM_ID,
                Printable.of(resumed.streamId().value(), MAX_ID_CHARS),
                SpanKeys.GAP_MS,
                resumed.gapNs() / NS_PER_MS);
        event(call, "stream resumed", resumed.atNs(), what);
    }

    private Attributes stretch(long startMs, long endMs, String text) {
        Attributes where = Attributes.of(SpanKeys.START_MS, startMs, SpanKeys.END_MS, endMs);
        return text.isEmpty() || !tracing.includeTranscripts()
                ? where
                : where.toBuilder()
                        .put(SpanKeys.TEXT, Printable.of(text, MAX_TEXT_CHARS))
                        .build();
    }

    private void personal(Span span, String text) {
        if (tracing.includeTranscripts()) {
            span.setAttribute(SpanKeys.TEXT, Printable.of(text, MAX_TEXT_CHARS));
        }
    }

    private Span turnOrCall() {
        return turn.isRecording() ? turn : call;
    }

    private Span child(String name, long atNs) {
        if (spans >= tracing.maxSpansPerCall()) {
            tracing.spansRefused().increment();
            return NOT_OPEN;
        }
        spans++;
        return tracing.tracer()
                .spanBuilder(name)
                .setParent(inCall)
                .setStartTimestamp(tracing.clock().toEpochNs(atNs), TimeUnit.NANOSECONDS)
                .startSpan();
    }

    private void event(Span span, String name, long atNs, Attributes attributes) {
        span.addEvent(name, attributes, tracing.clock().toEpochNs(atNs), TimeUnit.NANOSECONDS);
    }

    private Span cut(Span span, long atNs) {
        return ended(span.setAttribute(SpanKeys.CUT, true), atNs);
    }

    private Span ended(Span span, long atNs) {
        span.end(tracing.clock().toEpochNs(atNs), TimeUnit.NANOSECONDS);
        return NOT_OPEN;
    }
}
