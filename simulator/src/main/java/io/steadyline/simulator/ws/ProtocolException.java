package io.steadyline.simulator.ws;

import java.util.Objects;

/** The server broke RFC 6455; the connection is to be failed with this close code. */
public final class ProtocolException extends Exception {

    private final int closeCode;

    public ProtocolException(int closeCode, String message) {
        super(message);
        this.closeCode = closeCode;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public int closeCode() {
        return closeCode;
    }
}
