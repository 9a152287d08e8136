package io.steadyline.websocket.frames;

/** The peer broke RFC 6455, or a limit; the connection is closed with this code. Says so once, so it has no trace. */
public final class ProtocolViolation extends Exception {

    private static final long serialVersionUID = 1;

    private final int closeCode;

    ProtocolViolation(int closeCode, String message) {
        super(message, null, false, false);
        this.closeCode = closeCode;
    }

    public int closeCode() {
        return closeCode;
    }
}
