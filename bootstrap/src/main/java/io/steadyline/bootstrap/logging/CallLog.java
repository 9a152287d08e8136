package io.steadyline.bootstrap.logging;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.Finding;
import io.steadyline.telemetry.HealthJudge;
import io.steadyline.telemetry.HealthLimits;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.TelemetryLine;
import io.steadyline.telemetry.VerdictKeeper;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log of the calls: one RX and one TX line per call and second (R16), mode changes once each (R18), the life of each
 * call with its verdict at the end. With more calls than the limit, healthy ones share one summary line a second. Runs
 * on the media loop; writing is another thread's work. Beyond the limit at most as many unhealthy calls as the limit have
 * their lines in a second.
 */
public final class CallLog implements CallObserver {

    private static final Logger LOG = LoggerFactory.getLogger("call");
    private static final long SECOND_NS = 1_000_000_000;

    /** What the log remembers of a call. */
    private static final class Entry {
        private final VerdictKeeper verdict = new VerdictKeeper(HealthLimits.R17);
        private final Set<BadInput> complaints = EnumSet.noneOf(BadInput.class);
        /** What the judged seconds count from, with a leading blank; empty: from the call's start. */
        private String since = "";
    }

    private final int linesForCalls;
    private final boolean transcripts;
    private final Map<CallId, Entry> entries = new HashMap<>();
    private long summaryDueNs = Long.MIN_VALUE;
    private int unhealthySinceSummary;

    /**
     * @param linesForCalls up to so many live calls every call has its lines
     * @param transcripts what callers said, and keys they pressed, may stand in the log
     */
    public CallLog(int linesForCalls, boolean transcripts) {
        this.linesForCalls = linesForCalls;
        this.transcripts = transcripts;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        try (var _ = MDC.putCloseable(Logs.CALL_ID, facts.callId().value())) {
            Entry entry = entries.get(facts.callId());
            if (entry != null) {
                entry.verdict.onMoment(moment);
            }
            log(facts, moment);
        }
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        Entry entry = entries.computeIfAbsent(facts.callId(), _ -> new Entry());
        if (!HealthJudge.isJudged(second)) {
            return;
        }
        List<Finding> findings = entry.verdict.add(second);
        boolean crowded = entries.size() > linesForCalls;
        if (!findings.isEmpty()) {
            unhealthySinceSummary++;
        }
        if (!crowded || (!findings.isEmpty() && unhealthySinceSummary <= linesForCalls)) {
            try (var _ = MDC.putCloseable(Logs.CALL_ID, facts.callId().value())) {
                LOG.info(TelemetryLine.of(second.rx()));
                LOG.info(TelemetryLine.of(second.tx()));
            }
        }
        if (crowded) {
            summarise(second.endNs());
        }
    }

    @Override
    public void onFailure(CallFacts facts, Throwable failure) {
        try (var _ = MDC.putCloseable(Logs.CALL_ID, facts.callId().value())) {
            LOG.error("an error of ours ends this call, and no other", failure);
        }
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // Per frame: never logged.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // Per frame: never logged.
    }

    private void summarise(long nowNs) {
        if (summaryDueNs != Long.MIN_VALUE && nowNs - summaryDueNs < 0) {
            return;
        }
        summaryDueNs = nowNs + SECOND_NS;
        LOG.info("[CALLS] live={} unhealthy={}", entries.size(), unhealthySinceSummary);
        unhealthySinceSummary = 0;
    }

    private void log(CallFacts facts, CallMoment moment) {
        switch (moment) {
            case CallMoment.CallStarted _ -> {
                entries.put(facts.callId(), new Entry());
                LOG.info("call started: stream {} dialect {} {}", facts.streamId(), facts.dialect(), facts.mode());
            }
            case CallMoment.CallContinued continued -> {
                entries.computeIfAbsent(facts.callId(), _ -> new Entry()).since = " since it went on";
                LOG.info(
                        "call goes on from boot {}, {} after {} ms: {} frames in and {} ms out were lost ({})",
                        Printable.of(continued.sinceBoot()),
                        continued.adopted() ? "on the same socket" : "on a new stream",
                        continued.gapMs(),
                        continued.lostInFrames(),
                        continued.lostOutMs(),
                        Printable.of(continued.cause(), 200));
            }
            case CallMoment.StateChanged changed ->
                LOG.info("state {} -> {}: {}", changed.from(), changed.to(), Printable.of(changed.why(), 200));
            case CallMoment.FirstFrame _ -> LOG.debug("first frame of the caller");
            case CallMoment.SttRequested requested -> LOG.info("STT session requested: {}", requested.provider());
            case CallMoment.SttReady ready -> LOG.info("STT ready after {} ms", ready.connectNs() / 1_000_000);
            case CallMoment.SttFailed failed ->
                LOG.warn(
                        "STT {}: {} {}",
                        failed.fatal() ? "failed" : "in trouble",
                        failed.category(),
                        Printable.of(failed.message(), 200));
            case CallMoment.SttClosed _ -> LOG.debug("STT session closed");
            case CallMoment.GreetingQueued queued -> LOG.info("greeting queued: {} ms", queued.durationMs());
            case CallMoment.GreetingStarted _ -> LOG.info("greeting: first frame sent");
            case CallMoment.GreetingEnded ended -> LOG.info("greeting {}", ended.outcome());
            case CallMoment.AgentAttached attached -> LOG.info("agent attached: {}", attached.agent());
            case CallMoment.AgentDetached detached -> LOG.info("agent detached: {}", detached.why());
            case CallMoment.AgentMissing missing -> LOG.warn("no agent takes the call, asking on: {}", missing.why());
            case CallMoment.DrainEntered drain -> LOG.warn(TelemetryLine.drainEntered(drain.depthFrames()));
            case CallMoment.DrainLeft drain -> LOG.info(TelemetryLine.drainLeft(drain.depthFrames()));
            case CallMoment.SpeechStarted speech -> LOG.info("caller speaks, at {} ms", speech.offsetMs());
            case CallMoment.SpeechEnded speech -> LOG.info("caller silent, at {} ms", speech.offsetMs());
            case CallMoment.Transcribed words -> {
                if (transcripts) {
                    LOG.info("caller said: {}", Printable.of(words.text(), 1000));
                }
            }
            case CallMoment.UtteranceEnded utterance ->
                LOG.info("utterance {} to {} ms", utterance.startMs(), utterance.endMs());
            case CallMoment.AgentAnswered answered ->
                LOG.info("agent answered after {} ms", answered.sinceSpeechEndNs() / 1_000_000);
            case CallMoment.BargedIn bargedIn -> LOG.info("barge-in: {} frames forgotten", bargedIn.droppedFrames());
            case CallMoment.MarkSent mark -> LOG.debug("mark {} sent", Printable.of(mark.name()));
            case CallMoment.MarkSettled mark -> LOG.debug("mark {} {}", Printable.of(mark.name()), mark.outcome());
            case CallMoment.DtmfPressed key ->
                LOG.info(
                        "key {} ({})",
                        transcripts ? key.digit() : "not shown",
                        key.fromAudio() ? "in the audio" : "event");
            case CallMoment.ToneHeard tone -> LOG.info("tone {}", tone.tone());
            case CallMoment.InputRefused bad -> complain(facts, bad);
            case CallMoment.StreamLost lost -> LOG.warn("stream lost: {}", Printable.of(lost.why(), 200));
            case CallMoment.StreamResumed resumed ->
                LOG.info("call is back on stream {} after {} ms", resumed.streamId(), resumed.gapNs() / 1_000_000);
            case CallMoment.CallEnded ended -> {
                logVerdict(entries.remove(facts.callId()));
                LOG.info(
                        "call ended by {}: {} ({})",
                        ended.end().by(),
                        ended.end().reason(),
                        Printable.of(ended.end().detail(), 200));
            }
        }
    }

    private static void logVerdict(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        CallVerdict verdict = entry.verdict.verdict();
        if (verdict.secondsJudged() == 0) {
            return;
        }
        if (verdict.isHealthy()) {
            LOG.info("verdict: healthy in all of {} seconds{}", verdict.secondsJudged(), entry.since);
        } else {
            LOG.warn(
                    "verdict: {}, {} of {} seconds unhealthy{}: {}",
                    verdict.fault(),
                    verdict.secondsUnhealthy(),
                    verdict.secondsJudged(),
                    entry.since,
                    verdict.reason());
        }
    }

    /** Once for each reason and call; the metrics count the rest. */
    private void complain(CallFacts facts, CallMoment.InputRefused bad) {
        Entry entry = entries.computeIfAbsent(facts.callId(), _ -> new Entry());
        if (entry.complaints.add(bad.reason())) {
            LOG.warn("input refused: {} {}. Further ones are only counted", bad.reason(), bad.detail());
        }
    }
}
