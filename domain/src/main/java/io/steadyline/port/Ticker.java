package io.steadyline.port;

/** Tells how long something took, for the record only: no decision of the core depends on it. */
@FunctionalInterface
public interface Ticker {

    /** Monotonic, in ns. */
    long nowNs();
}
