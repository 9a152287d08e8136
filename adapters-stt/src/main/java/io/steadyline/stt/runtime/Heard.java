package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** What a vendor said, its places in ms from the start of the call; -1: it named none. */
sealed interface Heard {

    /** Concerns the connection and is acted on at once. */
    sealed interface OfConnection extends Heard {}

    /** Concerns the caller's words and waits for its turn: an older connection may still have words before it. */
    sealed interface OfSpeech extends Heard {}

    record Ready(String requestId) implements OfConnection {}

    record Expires(Duration left) implements OfConnection {}

    record Acknowledged(long offsetMs) implements OfConnection {}

    record Failed(VendorFailure failure) implements OfConnection {}

    record Warned(String message) implements OfConnection {}

    record Ended() implements OfConnection {}

    record SpeechStarted(long atMs) implements OfSpeech {}

    record SpeechEnded(long atMs) implements OfSpeech {}

    record Interim(String text) implements OfSpeech {}

    record Final(String text, long startMs, long endMs, OptionalDouble confidence, List<Word> words)
            implements OfSpeech {}

    record Word(String text, long startMs, long endMs, OptionalDouble confidence) {}

    record UtteranceEnded(long atMs) implements OfSpeech {}

    record Flushed() implements OfSpeech {}
}
