package io.steadyline.stt.vendor;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a vendor tells, in the words of the runtime. Offsets are ms of audio sent on this connection, from its first byte;
 * {@value #UNKNOWN} where the vendor does not say.
 */
public interface Hearing {

    long UNKNOWN = -1;

    /** A word with its place; without confidence where there is none: absent is not zero. */
    record SaidWord(String text, long startMs, long endMs, OptionalDouble confidence) {}

    /** Text that will not change any more. */
    record Said(String text, long startMs, long endMs, OptionalDouble confidence, List<SaidWord> words) {
        public Said {
            words = List.copyOf(words);
        }

        /** Text of a vendor that says nothing else. */
        public static Said of(String text) {
            return of(text, List.of());
        }

        /** Text whose place is that of its words. */
        public static Said of(String text, List<SaidWord> words) {
            long startMs = words.isEmpty() ? UNKNOWN : words.getFirst().startMs();
            long endMs = words.isEmpty() ? UNKNOWN : words.getLast().endMs();
            return new Said(text, startMs, endMs, OptionalDouble.empty(), words);
        }
    }

    /** Audio is welcome from now on. A dialect that may send at once says so when it is opened. */
    void ready(String vendorRequestId);

    /** The vendor named the end of this connection, from now on. */
    void expiresIn(Duration left);

    void speechStarted(long offsetMs);

    void speechEnded(long offsetMs);

    /** The whole text since the last final, as far as it goes; may still change. Empty text is nothing. */
    void interim(String text);

    /** Follows, in the order of the audio. Empty text is nothing. */
    void finalText(Said said);

    /** An utterance is over; the finals since the last end are its text. */
    void utteranceEnded(long offsetMs);

    /** The latest {@link Dialect#flush} has been answered. */
    void flushed();

    /** All audio before this offset is safe with the vendor: it need not be sent again after {@link Dialect#resumption}. */
    void acknowledged(long offsetMs);

    /** Something that went wrong and was told in a message. The connection is given up unless it is only a warning. */
    void failed(VendorFailure failure);

    /** For the log, once a connection. */
    void warned(String message);

    /** All has been said: the vendor's goodbye after the end of input. */
    void ended();
}
