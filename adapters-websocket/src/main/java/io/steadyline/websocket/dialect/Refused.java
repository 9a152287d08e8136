package io.steadyline.websocket.dialect;

import io.steadyline.signal.BadInput;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Printable;

/**
 * A message that cannot be used, on its way out of a reader. Never leaves a codec: {@code decode} answers with
 * {@link #answer}. Has no stack trace, since what the peer sent is not our fault.
 */
public final class Refused extends Exception {

    private static final int MAX_CHARS = 100;

    private final BadInput reason;

    /**
     * All three are escaped and shortened here: what was expected may be the peer's words too.
     *
     * @param field where it is, such as {@code start.callSid}
     * @param found no audio, and no value that may be secret
     */
    public Refused(BadInput reason, String field, String found, String expected) {
        super(shown(field) + ": " + shown(found) + " (expected: " + shown(expected) + ")", null, false, false);
        this.reason = reason;
    }

    public PeerEvent.Unusable answer() {
        return new PeerEvent.Unusable(reason, String.valueOf(getMessage()));
    }

    private static String shown(String text) {
        return Printable.of(text, MAX_CHARS);
    }
}
