package io.steadyline.signal;

import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Word;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One entry of a call's transcript, as it is kept: personal data. Times are audio time of the session in ms; a call that goes
 * on after a restart of the process has a new session, which counts anew.
 */
public sealed interface TranscriptLine {

    CallId callId();

    /** The stream that the session belongs to. */
    StreamId session();

    /** A session begins. */
    record Begun(CallId callId, StreamId session, String dialect, String accountId, Track track)
            implements TranscriptLine {}

    /**
     * Words that will not change any more.
     *
     * @param vendor the recogniser's name
     * @param attempt which of its connections in this session heard it, from 1
     * @param confidence absent where the vendor gives none
     */
    record Said(
            CallId callId,
            StreamId session,
            String vendor,
            int attempt,
            String segmentId,
            long startMs,
            long endMs,
            String text,
            OptionalDouble confidence,
            List<Word> words,
            Cause cause)
            implements TranscriptLine {
        public Said {
            words = List.copyOf(words);
        }
    }

    /** Audio that nobody has heard and nobody will. */
    record Missed(CallId callId, StreamId session, String vendor, long fromMs, long toMs, String reason)
            implements TranscriptLine {}

    /**
     * The recogniser failed; words may be missing around here.
     *
     * @param message untrusted text
     */
    record Failed(
            CallId callId, StreamId session, String vendor, int attempt, String category, String message, boolean fatal)
            implements TranscriptLine {}

    /** The call is over. */
    record Ended(CallId callId, StreamId session, CallEnd.Reason reason, CallEnd.Party by) implements TranscriptLine {}
}
