package io.steadyline.signal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a recogniser tells about the caller's audio. All offsets are audio time from the start of the call: frames heard
 * times ptime, never a clock. Empty text is no speech: it makes neither an Interim nor a Final.
 */
public sealed interface SpeechEvent {

    Stamp stamp();

    /**
     * Where an event comes from.
     *
     * @param provider the recogniser's name, such as {@code builtin}
     * @param attempt connection attempt of the session, from 1; events of an older attempt than the current one are dropped
     * @param sequence number of the event in its session, from 1, without gaps
     * @param audioPosition how much of the call's audio the recogniser had taken when it said this
     */
    record Stamp(String provider, int attempt, long sequence, Duration audioPosition) {}

    /** Who noticed: the vendor, or the gateway's own voice activity detection. */
    enum Source {
        VENDOR,
        LOCAL
    }

    /** The recogniser takes audio. */
    record Ready(Stamp stamp, Duration connectTime) implements SpeechEvent {}

    record SpeechStarted(Stamp stamp, Duration offset, Source source) implements SpeechEvent {}

    record SpeechEnded(Stamp stamp, Duration offset, Source source) implements SpeechEvent {}

    /** The whole segment so far; may still change. */
    record Interim(Stamp stamp, String segmentId, String text) implements SpeechEvent {}

    /** A segment that will not change any more; at most one a segment. */
    record Final(
            Stamp stamp,
            String segmentId,
            String text,
            Duration start,
            Duration end,
            OptionalDouble confidence,
            List<Word> words,
            Cause cause)
            implements SpeechEvent {

        public Final {
            words = List.copyOf(words);
        }
    }

    record Word(String text, Duration start, Duration end, OptionalDouble confidence) {}

    /** Why a segment became final. PROMOTED: made from an interim by the gateway, not confirmed by the vendor. */
    enum Cause {
        ENDPOINT,
        FLUSH,
        VENDOR_SEGMENT,
        ROLLOVER,
        MAX_LENGTH,
        END,
        PROMOTED
    }

    /**
     * One stretch of caller speech is over.
     *
     * @param text joined finals; empty when the recogniser does not transcribe
     * @param textAvailable false for a recogniser that hears speech but writes no words
     * @param levelDbfs mean level while voiced, when known
     */
    record UtteranceEnd(
            Stamp stamp,
            Duration start,
            Duration end,
            String text,
            boolean textAvailable,
            Cause cause,
            Source source,
            OptionalDouble levelDbfs)
            implements SpeechEvent {}

    /** A key heard in the audio itself. */
    record DtmfHeard(Stamp stamp, char digit, Duration offset, Duration duration) implements SpeechEvent {}

    /** A call-progress or fax tone heard in the audio. */
    record ToneHeard(Stamp stamp, Tone tone, Duration offset, Duration duration) implements SpeechEvent {}

    enum Tone {
        /** 1100 Hz, a calling fax (ITU-T T.30). */
        FAX_CNG,
        /** 2100 Hz, an answering fax or modem (ITU-T T.30, V.25). */
        FAX_CED,
        /** Any other single steady tone, such as an answering machine's beep. */
        BEEP
    }

    /** Audio that was not recognised and never will be. */
    record Gap(Stamp stamp, Duration from, Duration to, String reason) implements SpeechEvent {}

    record Usage(Stamp stamp, Duration audio, Duration open) implements SpeechEvent {}

    /** The recogniser failed; {@code fatal}: nothing more will come of this session. */
    record Failure(
            Stamp stamp, String category, Optional<String> code, String message, boolean retryable, boolean fatal)
            implements SpeechEvent {}

    /** Always the last event of a session. */
    record Closed(Stamp stamp) implements SpeechEvent {}
}
