package io.steadyline.restart;

import java.time.Instant;
import java.util.List;

/**
 * A call's life before this stream, from the journal: what lets it go on as the same call.
 *
 * @param startedAt of its first stream
 * @param bootId of the boot that had it last
 * @param traceparent W3C trace context of the call's span; empty when it was not traced
 * @param lastSeen the last sign of it
 * @param finals final transcripts so far, oldest first; empty when transcripts are not journaled
 * @param marksOutstanding names of marks that were sent and never came back
 * @param audioMs caller audio that was taken so far
 * @param resumes how often it came back already
 * @param lostInFrames caller audio that was lost with the boot that had it last; 0 when that is not known
 * @param lostOutMs agent audio that was lost with it
 * @param ended on purpose: it is not to be brought back
 * @param endedBecause why it was lost, in words; of an ended call, its end
 */
public record CallPast(
        String callId,
        String streamId,
        Instant startedAt,
        String bootId,
        String traceparent,
        Instant lastSeen,
        List<Final> finals,
        List<String> marksOutstanding,
        long audioMs,
        int resumes,
        long lostInFrames,
        long lostOutMs,
        boolean ended,
        String endedBecause) {

    /** One final transcript, in audio time of the call. */
    public record Final(long startMs, long endMs, String text) {}

    public CallPast {
        finals = List.copyOf(finals);
        marksOutstanding = List.copyOf(marksOutstanding);
    }

    /** The same with what the recorder knows of its loss. */
    public CallPast withLoss(long inFrames, long outMs, String because) {
        return new CallPast(
                callId,
                streamId,
                startedAt,
                bootId,
                traceparent,
                lastSeen,
                finals,
                marksOutstanding,
                audioMs,
                resumes,
                inFrames,
                outMs,
                ended,
                because);
    }

    /** The same, seen until then: by the recorder, which is closer to the end than the journal. */
    public CallPast seen(Instant until) {
        return new CallPast(
                callId,
                streamId,
                startedAt,
                bootId,
                traceparent,
                until,
                finals,
                marksOutstanding,
                audioMs,
                resumes,
                lostInFrames,
                lostOutMs,
                ended,
                endedBecause);
    }

    /** What was said last; empty when nothing was, or is not kept. */
    public String lastFinal() {
        return finals.isEmpty() ? "" : finals.getLast().text();
    }
}
