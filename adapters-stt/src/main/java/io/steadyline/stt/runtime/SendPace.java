package io.steadyline.stt.runtime;

/**
 * How much audio may be sent now: not faster than a vendor allows, also after a gap, when much waits. Time is an argument.
 * Not thread-safe.
 */
final class SendPace {

    /** So much may be sent at once after a rest: frames come in bunches, from the network or after a late turn. */
    private static final long MAX_CREDIT_MS = 250;

    private static final double NS_PER_MS = 1e6;

    private final double speed;
    private double creditMs;
    private long atNs;

    /** @param speed times real time */
    SendPace(double speed, long nowNs) {
        this.speed = speed;
        this.creditMs = MAX_CREDIT_MS;
        this.atNs = nowNs;
    }

    boolean allows(long durationMs, long nowNs) {
        creditMs = Math.min(MAX_CREDIT_MS * speed, creditMs + (nowNs - atNs) * speed / NS_PER_MS);
        atNs = nowNs;
        return creditMs >= durationMs;
    }

    void onSent(long durationMs) {
        creditMs -= durationMs;
    }
}
