package io.steadyline.journal.calls;

import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one call add up to. Bounded: of the final transcripts the last ones, of the marks outstanding too.
 *
 * @param bootId of the boot that had it last
 * @param earlierAudioMs caller audio that was taken before that boot
 * @param audioMs and by that boot, like the frames
 * @param closed its end is on record; {@code onPurpose}: and it is not to be brought back
 * @param because of the end or of the lost stream; else empty
 */
public record CallTrail(
        String callId,
        String streamId,
        String dialect,
        Instant startedAt,
        String bootId,
        String traceparent,
        Instant lastSeen,
        List<CallPast.Final> finals,
        List<String> marks,
        long earlierAudioMs,
        long audioMs,
        long framesIn,
        long framesOut,
        int resumes,
        boolean closed,
        boolean onPurpose,
        String because) {

    /** As context for an agent that starts anew; together with the longest names the trail stays below the longest record. */
    static final int MAX_FINALS = 50;

    static final int MAX_FINAL_CHARS = 8_000;
    /** An agent that waits for more marks than these waits for the last ones first. */
    static final int MAX_MARKS = 64;

    public CallTrail {
        finals = List.copyOf(finals);
        marks = List.copyOf(marks);
    }

    /** Null: the record is about a call whose start is not on record, and cannot be told. */
    static @Nullable CallTrail after(@Nullable CallTrail before, JournalRecord record) {
        return switch (record) {
            case JournalRecord.CallStarted started -> started(before, started);
            case JournalRecord.CallCarried carried -> carried.trail();
            default -> before == null ? null : before.next(record);
        };
    }

    CallPast past(String lostBecause) {
        String why = because.isEmpty() ? lostBecause : because;
        return new CallPast(
                callId,
                streamId,
                startedAt,
                bootId,
                traceparent,
                lastSeen,
                finals,
                marks,
                earlierAudioMs + audioMs,
                resumes,
                0,
                0,
                onPurpose,
                why);
    }

    /** As forensics tell it when the recorder's own page is lost: of the last record, not of the moment of death. */
    CutCall cut() {
        return new CutCall(
                callId,
                streamId,
                dialect,
                startedAt,
                Duration.between(startedAt, lastSeen),
                lastSeen,
                framesIn,
                framesOut,
                0,
                0,
                marks.size(),
                false,
                CutCall.Fate.CUT);
    }

    private static CallTrail started(@Nullable CallTrail before, JournalRecord.CallStarted now) {
        CallTrail past = before != null && now.firstStartedAt().equals(before.startedAt) ? before : null;
        boolean sameStream = past != null && past.streamId.equals(now.streamId());
        return new CallTrail(
                now.callId(),
                now.streamId(),
                now.dialect(),
                now.firstStartedAt(),
                now.bootId(),
                now.traceparent(),
                now.at(),
                past == null ? List.of() : past.finals,
                // Marks of a stream that is gone will never come back.
                past != null && sameStream ? past.marks : List.of(),
                past == null ? 0 : past.earlierAudioMs + past.audioMs,
                0,
                0,
                0,
                now.resumes(),
                false,
                false,
                "");
    }

    private CallTrail next(JournalRecord record) {
        Draft draft = new Draft(this, record.at());
        switch (record) {
            case JournalRecord.FinalTranscript said ->
                draft.finals = plus(finals, new CallPast.Final(said.startMs(), said.endMs(), said.text()));
            case JournalRecord.MarkSent mark -> draft.marks = last(plusOne(marks, mark.name()), MAX_MARKS);
            case JournalRecord.MarkSettled mark -> draft.marks = without(marks, mark.name());
            case JournalRecord.Progress progress -> {
                draft.audioMs = progress.audioMs();
                draft.framesIn = progress.framesIn();
                draft.framesOut = progress.framesOut();
            }
            case JournalRecord.StreamLost lost -> draft.because = lost.why();
            case JournalRecord.StreamResumed resumed -> {
                draft.streamId = resumed.streamId();
                draft.resumes++;
                draft.because = "";
            }
            case JournalRecord.CallEnded ended -> {
                draft.closed = true;
                draft.onPurpose = ended.onPurpose();
                draft.because = ended.reason() + " by " + ended.by() + ": " + ended.detail();
            }
            case JournalRecord.AgentBound _, JournalRecord.CallStarted _, JournalRecord.CallCarried _ -> {
                // Nothing but a sign of life.
            }
        }
        return draft.trail();
    }

    private static List<CallPast.Final> plus(List<CallPast.Final> finals, CallPast.Final added) {
        List<CallPast.Final> all = last(plusOne(finals, added), MAX_FINALS);
        int chars = all.stream().mapToInt(said -> said.text().length()).sum();
        int from = 0;
        while (chars > MAX_FINAL_CHARS && from < all.size() - 1) {
            chars -= all.get(from).text().length();
            from++;
        }
        return all.subList(from, all.size());
    }

    private static <T> List<T> plusOne(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list.size() + 1);
        longer.addAll(list);
        longer.add(added);
        return longer;
    }

    private static <T> List<T> last(List<T> list, int atMost) {
        return list.size() <= atMost ? list : list.subList(list.size() - atMost, list.size());
    }

    /** An agent may use a name twice: the older one is settled first. */
    private static List<String> without(List<String> marks, String settled) {
        List<String> shorter = new ArrayList<>(marks);
        shorter.remove(settled);
        return shorter;
    }

    /** What one record can change. */
    private static final class Draft {
        private final CallTrail from;
        private final Instant at;
        private String streamId;
        private List<CallPast.Final> finals;
        private List<String> marks;
        private long audioMs;
        private long framesIn;
        private long framesOut;
        private int resumes;
        private boolean closed;
        private boolean onPurpose;
        private String because;

        Draft(CallTrail from, Instant at) {
            this.from = from;
            this.at = at;
            streamId = from.streamId;
            finals = from.finals;
            marks = from.marks;
            audioMs = from.audioMs;
            framesIn = from.framesIn;
            framesOut = from.framesOut;
            resumes = from.resumes;
            closed = from.closed;
            onPurpose = from.onPurpose;
            because = from.because;
        }

        CallTrail trail() {
            return new CallTrail(
                    from.callId,
                    streamId,
                    from.dialect,
                    from.startedAt,
                    from.bootId,
                    from.traceparent,
                    at,
                    finals,
                    marks,
                    from.earlierAudioMs,
                    audioMs,
                    framesIn,
                    framesOut,
                    resumes,
                    closed,
                    onPurpose,
                    because);
        }
    }
}
