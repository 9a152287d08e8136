package io.steadyline.port;

/** One call's session with a recogniser. A graceful end is asked for by an {@code EndOfInput} in the STT queue. */
public interface SttSession {

    /** Ends now, finals or not; {@code Closed} still follows. Any thread; never blocks; harmless when repeated. */
    void abort();
}
