package io.steadyline.journal.calls;

import io.steadyline.signal.CallEnd;
import java.time.Instant;

/** One line of the journal. Times are wall clock, to the millisecond. */
public sealed interface JournalRecord {

    Instant at();

    /** The boot that wrote it. */
    String bootId();

    String callId();

    /**
     * @param firstStartedAt of the call's first stream, in whatever boot
     * @param traceparent W3C trace context; empty when it was not traced
     * @param resumes how often the call had come back by then
     */
    record CallStarted(
            Instant at,
            String bootId,
            String callId,
            String streamId,
            String dialect,
            String account,
            boolean listenOnly,
            Instant firstStartedAt,
            String traceparent,
            int resumes)
            implements JournalRecord {}

    record AgentBound(Instant at, String bootId, String callId, String agent) implements JournalRecord {}

    /** In audio time of the call. Only written when transcripts may be kept. */
    record FinalTranscript(Instant at, String bootId, String callId, long startMs, long endMs, String text)
            implements JournalRecord {}

    record MarkSent(Instant at, String bootId, String callId, String name) implements JournalRecord {}

    record MarkSettled(Instant at, String bootId, String callId, String name) implements JournalRecord {}

    /** Totals since this boot has the call. */
    record Progress(Instant at, String bootId, String callId, long audioMs, long framesIn, long framesOut)
            implements JournalRecord {}

    record StreamLost(Instant at, String bootId, String callId, String why) implements JournalRecord {}

    record StreamResumed(Instant at, String bootId, String callId, String streamId) implements JournalRecord {}

    /** @param onPurpose it is not to be brought back */
    record CallEnded(
            Instant at, String bootId, String callId, String by, String reason, String detail, boolean onPurpose)
            implements JournalRecord {

        static boolean isOnPurpose(CallEnd.Reason reason) {
            return switch (reason) {
                case HANG_UP, AGENT_HANG_UP, AGENT_LOST, ADMIN_END -> true;
                case DRAIN, STREAM_LOST, IDLE, PEER_STALLED, INTERNAL_ERROR -> false;
            };
        }
    }

    /** A live call as of now, at the head of a segment: what earlier segments told of it is not needed any more. */
    record CallCarried(Instant at, String bootId, CallTrail trail) implements JournalRecord {
        @Override
        public String callId() {
            return trail.callId();
        }
    }
}
