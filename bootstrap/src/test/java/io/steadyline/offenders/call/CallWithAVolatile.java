package io.steadyline.offenders.call;

/** A volatile field in what one thread owns. */
public final class CallWithAVolatile {
    private volatile boolean closed;

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
