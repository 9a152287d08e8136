package io.steadyline.journal.calls;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Printable;
import io.steadyline.signal.StreamMode;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Turns what the media loop tells of calls into records. Nothing for a frame; a few records for a call and second. */
final class JournalObserver implements CallObserver {

    /** What a mark's name is known by; the same cut when it is sent and when it is settled. */
    static final int MAX_NAME_CHARS = 64;

    private static final int MAX_TEXT_CHARS = 4_000;
    private static final int MAX_WHY_CHARS = 300;

    private final JournalArchive archive;
    private final Consumer<JournalRecord> journal;
    private final String bootId;
    private final InstantSource clock;
    private final long progressSeconds;
    private final boolean transcripts;
    private final Function<CallFacts, String> traceparent;

    JournalObserver(
            JournalArchive archive,
            Consumer<JournalRecord> journal,
            String bootId,
            InstantSource clock,
            JournalSettings settings,
            Function<CallFacts, String> traceparent) {
        this.archive = archive;
        this.journal = journal;
        this.bootId = bootId;
        this.clock = clock;
        this.progressSeconds = settings.progressEvery().toSeconds();
        this.transcripts = settings.transcripts();
        this.traceparent = traceparent;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        String call = facts.callId().value();
        switch (moment) {
            case CallMoment.CallStarted started -> journal.accept(started(started.facts()));
            case CallMoment.AgentAttached attached ->
                journal.accept(new JournalRecord.AgentBound(now(), bootId, call, cut(attached.agent())));
            case CallMoment.Transcribed said -> {
                if (transcripts) {
                    journal.accept(new JournalRecord.FinalTranscript(
                            now(), bootId, call, said.startMs(), said.endMs(), cut(said.text(), MAX_TEXT_CHARS)));
                }
            }
            case CallMoment.MarkSent mark ->
                journal.accept(new JournalRecord.MarkSent(now(), bootId, call, cut(mark.name())));
            case CallMoment.MarkSettled mark ->
                journal.accept(new JournalRecord.MarkSettled(now(), bootId, call, cut(mark.name())));
            case CallMoment.StreamLost lost ->
                journal.accept(
                        new JournalRecord.StreamLost(now(), bootId, call, Printable.of(lost.why(), MAX_WHY_CHARS)));
            case CallMoment.StreamResumed resumed ->
                journal.accept(new JournalRecord.StreamResumed(
                        now(), bootId, call, resumed.streamId().value()));
            case CallMoment.CallEnded ended -> journal.accept(ended(call, ended.end()));
            default -> {
                // Of no use to a successor.
            }
        }
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        if (!second.state().isLive() || (second.second() + 1) % progressSeconds == 0) {
            long framesIn = count(queues, QueueName.RX, QueueCounts::in);
            journal.accept(new JournalRecord.Progress(
                    now(),
                    bootId,
                    facts.callId().value(),
                    framesIn * facts.format().ptime().ms(),
                    framesIn,
                    count(queues, QueueName.SEND, QueueCounts::out)));
        }
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // Per frame: never journaled.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // Per frame: never journaled.
    }

    private JournalRecord started(CallFacts facts) {
        String call = facts.callId().value();
        String stream = facts.streamId().value();
        Instant now = now();
        Optional<CallTrail> past = archive.trail(call).filter(trail -> !trail.onPurpose());
        int cameBack = past.filter(trail -> !trail.streamId().equals(stream)).isPresent() ? 1 : 0;
        return new JournalRecord.CallStarted(
                now,
                bootId,
                call,
                stream,
                facts.dialect(),
                facts.accountId(),
                facts.mode() == StreamMode.LISTEN_ONLY,
                past.map(CallTrail::startedAt).orElse(now),
                cut(traceparent.apply(facts)),
                past.map(CallTrail::resumes).orElse(0) + cameBack);
    }

    private JournalRecord ended(String call, CallEnd end) {
        return new JournalRecord.CallEnded(
                now(),
                bootId,
                call,
                end.by().name(),
                end.reason().name(),
                Printable.of(end.detail(), MAX_WHY_CHARS),
                JournalRecord.CallEnded.isOnPurpose(end.reason()));
    }

    private static long count(List<QueueCounts> queues, QueueName name, Function<QueueCounts, Long> what) {
        return queues.stream()
                .filter(counts -> counts.queue() == name)
                .map(what)
                .findFirst()
                .orElse(0L);
    }

    private static String cut(String text) {
        return cut(text, MAX_NAME_CHARS);
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
