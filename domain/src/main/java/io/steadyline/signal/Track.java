package io.steadyline.signal;

/** Whose voice a media message carries, seen from the provider: INBOUND is the caller. */
public enum Track {
    INBOUND,
    OUTBOUND
}
