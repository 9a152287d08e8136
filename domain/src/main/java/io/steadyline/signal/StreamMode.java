package io.steadyline.signal;

/** Whether the peer takes audio from us. */
public enum StreamMode {
    /** The peer plays what we send (Twilio {@code <Connect><Stream>}). */
    BIDIRECTIONAL,
    /** A copy of the call's audio; the peer treats anything sent to it as a protocol error (Twilio {@code <Start><Stream>}, error 31924). */
    LISTEN_ONLY
}
