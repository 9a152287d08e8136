package io.steadyline.telemetry;

/** Whose fault an unhealthy second is. */
public enum FaultSide {
    NONE,
    /** Audio arrived late or in bursts. */
    NETWORK,
    /** The peer sent too little, too much, or what could not be used; or it did not take what we sent. */
    PROVIDER,
    RECOGNISER,
    AGENT,
    /** Our own pause: the media loop was late. */
    GATEWAY
}
