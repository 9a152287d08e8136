package io.steadyline.journal.calls;

import io.steadyline.port.CallArchive;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall;
import io.steadyline.signal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the journal knows of calls, in memory: of earlier boots from the files, of this one as it happens. Bounded in time and
 * number. Any thread asks; one thread at a time tells of the same call.
 */
public final class JournalArchive implements CallArchive {

    /** An hour of a worker with 300 calls of a minute each at once; about 1 KiB each. */
    static final int MAX_CALLS = 20_000;

    private static final int MAX_ID_CHARS = 128;

    private record Origin(String callId, String bootId) {}

    private final ConcurrentHashMap<String, CallTrail> calls = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Origin> streams = new ConcurrentHashMap<>();
    private final String bootId;
    private final Function<String, Optional<String>> bootWords;
    private final Duration keep;
    private final Duration keepEnded;
    private final int maxCalls;

    /** @param bootWords of a boot id, which boot it was and how it ended: "boot 41 (ended 12:03:07Z: out of memory)" */
    JournalArchive(
            String bootId,
            Function<String, Optional<String>> bootWords,
            Duration keep,
            Duration keepEnded,
            int maxCalls) {
        this.bootId = bootId;
        this.bootWords = bootWords;
        this.keep = keep;
        this.keepEnded = keepEnded;
        this.maxCalls = maxCalls;
    }

    @Override
    public Optional<CallPast> find(String callId) {
        return trail(callId).map(trail -> trail.past(lostBecause(trail)));
    }

    @Override
    public Optional<String> originOf(String streamId) {
        Origin origin = streams.get(streamId);
        if (origin == null || origin.bootId.equals(bootId)) {
            return Optional.empty();
        }
        return Optional.of(
                "stream " + Printable.of(streamId, MAX_ID_CHARS) + " was started by " + words(origin.bootId));
    }

    /** Calls that this boot had and whose end is not on record, oldest first; for when its recorder is lost. */
    public List<CutCall> openCallsOf(String ofBootId) {
        return calls.values().stream()
                .filter(trail -> trail.bootId().equals(ofBootId) && !trail.closed())
                .sorted(Comparator.comparing(CallTrail::startedAt))
                .map(CallTrail::cut)
                .toList();
    }

    /** Calls that are known at the moment. */
    public int size() {
        return calls.size();
    }

    Optional<CallTrail> trail(String callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    Map<String, CallTrail> trails() {
        return new HashMap<>(calls);
    }

    /** A record of a call whose start is not known leaves nothing. */
    void add(JournalRecord record) {
        CallTrail trail = calls.compute(record.callId(), (_, before) -> CallTrail.after(before, record));
        if (trail == null) {
            return;
        }
        switch (record) {
            case JournalRecord.CallStarted started ->
                streams.putIfAbsent(started.streamId(), new Origin(trail.callId(), started.bootId()));
            case JournalRecord.StreamResumed resumed ->
                streams.put(resumed.streamId(), new Origin(trail.callId(), resumed.bootId()));
            case JournalRecord.CallCarried _ ->
                streams.putIfAbsent(trail.streamId(), new Origin(trail.callId(), trail.bootId()));
            default -> {
                // The stream is known already.
            }
        }
    }

    /** Forgets what is too old or too much. */
    void sweep(Instant now) {
        calls.values().removeIf(trail -> isOver(trail, now));
        int tooMany = calls.size() - maxCalls;
        if (tooMany > 0) {
            calls.values().stream()
                    .sorted(Comparator.comparing((CallTrail trail) -> !trail.closed())
                            .thenComparing(CallTrail::lastSeen))
                    .limit(tooMany)
                    .toList()
                    .forEach(trail -> calls.remove(trail.callId(), trail));
        }
        boolean tooManyStreams = streams.size() > 2 * maxCalls;
        streams.entrySet().removeIf(entry -> {
            CallTrail call = calls.get(entry.getValue().callId);
            return call == null || (tooManyStreams && !call.streamId().equals(entry.getKey()));
        });
    }

    private boolean isOver(CallTrail trail, Instant now) {
        boolean live = trail.bootId().equals(bootId) && !trail.closed();
        return !live && trail.lastSeen().plus(trail.closed() ? keepEnded : keep).isBefore(now);
    }

    private String lostBecause(CallTrail trail) {
        return trail.bootId().equals(bootId) ? "" : words(trail.bootId());
    }

    private String words(String ofBootId) {
        return bootWords.apply(ofBootId).orElseGet(() -> "boot " + Printable.of(ofBootId));
    }
}
