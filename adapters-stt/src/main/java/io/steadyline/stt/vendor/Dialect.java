package io.steadyline.stt.vendor;

import java.util.Optional;

/**
 * One vendor's language on one connection: a pure codec with the memory that the language needs, no socket, clock or
 * logger. Used by one thread. What it cannot read it reports by {@link Garbled}.
 */
public interface Dialect {

    /** A message that is not of this language; ends the connection as a failure that may be tried again. */
    final class Garbled extends Exception {
        private static final long serialVersionUID = 1;

        /** @param message what was expected, and the value that came, shortened */
        public Garbled(String message) {
            super(message);
        }

        public Garbled(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The connection is open: what has to be said before any audio. Calls {@link Hearing#ready} if nothing is awaited. */
    void onOpened(Outlet out, Hearing hearing);

    /** @param chunk audio in the opening's {@link VendorAudio}, whole samples, never empty */
    void audio(byte[] chunk, Outlet out);

    /** No audio for a while; see {@link Traits.Idle.Message}. */
    default void keepAlive(Outlet out) {
        // Silence is sent, or nothing is needed.
    }

    /** A final is wanted now. Only asked when {@link Traits#flushes}. */
    default void flush(Outlet out) {
        throw new IllegalStateException("flush (expected: only when the traits offer it)");
    }

    /** No audio follows; finals are still wanted. {@link Hearing#ended} or the vendor's close tells that all was said. */
    void endOfInput(Outlet out);

    void onText(String text, Outlet out, Hearing hearing) throws Garbled;

    default void onBinary(byte[] data, Outlet out, Hearing hearing) throws Garbled {
        throw new Garbled("a binary message of " + data.length + " bytes (expected: text only)");
    }

    /** What the vendor's close means. */
    VendorFailure onClosed(Closing closing);

    /** What it means that no connection came about. */
    default VendorFailure onRefused(Refusal refusal) {
        return VendorFailure.ofHttp(refusal);
    }

    /**
     * Where a lost connection goes on, audio after the last {@link Hearing#acknowledged} first; asked only when
     * {@link Traits#resumes}. Empty: not any more.
     */
    default Optional<Route> resumption() {
        return Optional.empty();
    }
}
