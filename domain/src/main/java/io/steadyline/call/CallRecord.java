package io.steadyline.call;

import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.GoNoGo;
import io.steadyline.telemetry.HealthLimits;
import io.steadyline.telemetry.LatestCounts;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.RecentSeconds;
import io.steadyline.telemetry.SecondsStore;
import io.steadyline.telemetry.VerdictKeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the directory knows of one call. Written by the media loop, read by any thread, under its own short lock. */
final class CallRecord {

    private static final int REMEMBERED_SECONDS = 120;

    private final CallId callId;
    private Instant startedAt;
    private long startedNs;
    private final VerdictKeeper verdict;
    private final RecentSeconds seconds;
    private final LatestCounts queues = new LatestCounts();
    private CallFacts facts;
    private CallState state = CallState.CONNECTING;
    private String agent = "";
    private String recogniser = "";
    private int resumes;
    private long lastSeenNs;
    private @Nullable CallEnd end;

    CallRecord(CallFacts facts, HealthLimits limits, long startedNs, Instant startedAt, SecondsStore store) {
        this.callId = facts.callId();
        this.facts = facts;
        this.startedAt = startedAt;
        this.startedNs = startedNs;
        this.lastSeenNs = startedNs;
        this.verdict = new VerdictKeeper(limits);
        this.seconds = new RecentSeconds(callId, REMEMBERED_SECONDS, store);
    }

    CallId callId() {
        return callId;
    }

    synchronized void onMoment(CallFacts currentFacts, CallMoment moment) {
        facts = currentFacts;
        lastSeenNs = moment.atNs();
        verdict.onMoment(moment);
        switch (moment) {
            case CallMoment.StateChanged changed -> state = changed.to();
            case CallMoment.AgentAttached attached -> agent = attached.agent();
            case CallMoment.AgentMissing _ -> agent = "";
            case CallMoment.SttRequested requested -> recogniser = requested.provider();
            case CallMoment.CallContinued continued -> {
                startedAt = startedAt.minusMillis(continued.ageMs());
                startedNs -= continued.ageMs() * 1_000_000;
            }
            case CallMoment.StreamResumed _ -> resumes++;
            case CallMoment.CallEnded ended -> end = ended.end();
            default -> {
                // Everything else is for the log and the traces.
            }
        }
    }

    synchronized void onSecond(CallSecond second, List<QueueCounts> counts) {
        counts.forEach(queues::put);
        lastSeenNs = second.endNs();
        verdict.add(second);
        seconds.add(second);
    }

    synchronized CallView view() {
        return new CallView(
                facts,
                state,
                startedAt,
                Duration.ofNanos(lastSeenNs - startedNs),
                agent,
                recogniser,
                queues.all(),
                seconds.last(),
                verdict.verdict(),
                resumes,
                Optional.ofNullable(end));
    }

    synchronized List<CallSecond> seconds() {
        return seconds.all();
    }

    /** Nobody will ask for it any more. */
    synchronized void forget() {
        seconds.forget();
    }

    synchronized GoNoGo goNoGo() {
        return verdict.goNoGo();
    }
}
