package io.steadyline.signal;

/**
 * Something that happened once in a call, for those who watch: log, traces, metrics, the control plane. Told by the
 * call's owner, in order.
 */
public sealed interface CallMoment {

    /** When, on the monotonic clock of {@code System.nanoTime()}. */
    long atNs();

    /**
     * The stream started; always first.
     *
     * @param traceparent W3C trace context of the call's earlier life, whose trace goes on here; empty: what the facts'
     *     parameters name, if anything
     */
    record CallStarted(long atNs, CallFacts facts, String traceparent) implements CallMoment {

        /** A call without an earlier life. */
        public CallStarted(long atNs, CallFacts facts) {
            this(atNs, facts, "");
        }
    }

    /**
     * The call began in an earlier boot of the process and goes on in this one; right after {@link CallStarted}.
     *
     * @param sinceBoot id of the boot that had it last
     * @param ageMs since its first stream
     * @param gapMs from the last sign of it there until now
     * @param lostInFrames caller audio that was taken there and that no recogniser got
     * @param lostOutMs agent audio that waited there and was never written
     * @param cause why that boot ended, in a few words
     * @param adopted on the same socket, which was kept; else the peer came back on a new one
     */
    record CallContinued(
            long atNs,
            String sinceBoot,
            long ageMs,
            long gapMs,
            long lostInFrames,
            long lostOutMs,
            String cause,
            boolean adopted)
            implements CallMoment {}

    record StateChanged(long atNs, CallState from, CallState to, String why) implements CallMoment {}

    /** The first frame of the caller came in. */
    record FirstFrame(long atNs) implements CallMoment {}

    record SttRequested(long atNs, String provider) implements CallMoment {}

    record SttReady(long atNs, long connectNs) implements CallMoment {}

    record SttFailed(long atNs, String category, String message, boolean fatal) implements CallMoment {}

    record SttClosed(long atNs) implements CallMoment {}

    record GreetingQueued(long atNs, long durationMs) implements CallMoment {}

    /** The greeting's first frame went to the socket. */
    record GreetingStarted(long atNs) implements CallMoment {}

    record GreetingEnded(long atNs, MarkOutcome outcome) implements CallMoment {}

    /** No bot takes the call for now; it is asked for again until one comes or the limit is over. Once for each loss. */
    record AgentMissing(long atNs, String why) implements CallMoment {}

    record AgentAttached(long atNs, String agent) implements CallMoment {}

    record AgentDetached(long atNs, String why) implements CallMoment {}

    record DrainEntered(long atNs, int depthFrames) implements CallMoment {}

    record DrainLeft(long atNs, int depthFrames, long fromNs, long framesDrained) implements CallMoment {}

    /** The caller began to speak, at {@code offsetMs} of audio time. */
    record SpeechStarted(long atNs, long offsetMs) implements CallMoment {}

    record SpeechEnded(long atNs, long offsetMs) implements CallMoment {}

    /** A final transcript; the text is personal data and only for those who are allowed to see it. */
    record Transcribed(long atNs, long startMs, long endMs, String text) implements CallMoment {}

    record UtteranceEnded(long atNs, long startMs, long endMs) implements CallMoment {}

    /** First agent audio on the wire after the caller's last utterance. */
    record AgentAnswered(long atNs, long sinceSpeechEndNs) implements CallMoment {}

    record BargedIn(long atNs, long droppedFrames) implements CallMoment {}

    /** A mark left for the socket, behind the audio before it; not told of one that is interrupted before that. */
    record MarkSent(long atNs, String name) implements CallMoment {}

    record MarkSettled(long atNs, String name, MarkOutcome outcome) implements CallMoment {}

    /** A key, detected by the peer or in the audio; the digit itself may be secret. */
    record DtmfPressed(long atNs, char digit, boolean fromAudio) implements CallMoment {}

    record ToneHeard(long atNs, SpeechEvent.Tone tone) implements CallMoment {}

    record InputRefused(long atNs, BadInput reason, String detail) implements CallMoment {}

    record StreamLost(long atNs, String why) implements CallMoment {}

    /** The same call came back on a new stream. */
    record StreamResumed(long atNs, StreamId streamId, long gapNs) implements CallMoment {}

    /** Always last. */
    record CallEnded(long atNs, CallEnd end) implements CallMoment {}
}
