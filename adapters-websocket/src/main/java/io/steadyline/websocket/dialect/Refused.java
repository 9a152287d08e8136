package io.steadyline.websocket.dialect;

import io.steadyline.signal.BadInput;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Printable;

/**
 * A message that cannot be used, on its way out of a reader. Never leaves a codec: {@code decode} answers with
 * {@link #answer}. Has no stack trace, since what the peer sent is not our fault.
 */
public final class Refused extends Exception {

    private final BadInput reason;

    /**
     * @param field where it is, such as {@code start.callSid}
     * @param found escaped and shortened here; no audio, and no value that may be secret
     */
    public Refused(BadInput reason, String field, String found, String expected) {
        super(Printable.of(field) + ": " + found(found) + " (expected: " + expected + ")", null, false, false);
        this.reason = reason;
    }

    public PeerEvent.Unusable answer() {
        return new PeerEvent.Unusable(reason, String.valueOf(getMessage()));
    }

    private static String found(String text) {
        return Printable.of(text, 100);
    }
}
