package io.steadyline.turn;

import io.steadyline.signal.SpeechEvent;

/** What a frame changed. Offsets are ms of audio time from the start of the call. */
public sealed interface Endpoint {

    Endpoint NOTHING = new Nothing();

    record Nothing() implements Endpoint {}

    /** @param offsetMs where the first voiced frame began; earlier than the frame that settled it */
    record SpeechStarted(long offsetMs) implements Endpoint {}

    /** @param offsetMs where the last voiced frame ended; earlier than the frame that settled it */
    record SpeechEnded(long offsetMs) implements Endpoint {}

    /**
     * The utterance is over.
     *
     * @param cause ENDPOINT (silence), MAX_LENGTH, or what was given to {@link Endpointer#finish}
     * @param endsSpeech no {@link SpeechEnded} came before: the speech ends with this, at {@code endMs}
     */
    record UtteranceEnded(long startMs, long endMs, SpeechEvent.Cause cause, boolean endsSpeech) implements Endpoint {}
}
