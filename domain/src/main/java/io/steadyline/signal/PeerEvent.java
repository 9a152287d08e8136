package io.steadyline.signal;

import org.jspecify.annotations.Nullable;

/** What a dialect reads out of one message of the peer. */
public sealed interface PeerEvent {

    /** The peer greets; no call is named yet. */
    record Connected(String protocol, String version) implements PeerEvent {}

    /** The stream starts; media follows. */
    record Started(CallFacts facts) implements PeerEvent {}

    /**
     * Audio of any length.
     *
     * @param chunk number of the message on its track as the provider counts, or -1 when it gave none
     * @param timestampMs the audio's place since the stream's start, or -1 when it gave none
     * @param payload bytes in the stream's encoding; handed over to the receiver
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared: a copy a frame would be the only gain
    record Media(Track track, long chunk, long timestampMs, byte[] payload) implements PeerEvent {}

    /** Audio of a stream whose start this connection never saw: it began elsewhere, or before this boot. */
    record UnknownStream(StreamId streamId) implements PeerEvent {}

    /** A key that the peer itself detected. */
    record Dtmf(char digit) implements PeerEvent {}

    /** The peer returns a mark: everything before it was played, or a clear emptied its buffer. */
    record MarkReturned(String wireName) implements PeerEvent {}

    /** The peer says goodbye. A broken connection says nothing: never wait for this. */
    record Stopped() implements PeerEvent {}

    /**
     * The message could not be used; the stream goes on.
     *
     * @param detail what was found and what was expected, control characters escaped; safe to log
     */
    record Unusable(BadInput reason, String detail) implements PeerEvent {

        public Unusable(BadInput reason, @Nullable Object found, String expected) {
            this(reason, "'" + Printable.of(String.valueOf(found)) + "' (expected: " + expected + ")");
        }
    }
}
