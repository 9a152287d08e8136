package io.steadyline.stt.peer;

import java.time.Duration;

/**
 * What a vendor lets a stream do, on a clock that runs faster.
 *
 * @param idle longest time without audio
 * @param session longest life
 * @param speed how many times faster than real time these pass
 */
public record GrpcLimits(Duration idle, Duration session, double speed) {

    /** None that a test would meet. */
    public static final GrpcLimits NONE = new GrpcLimits(Duration.ofDays(1), Duration.ofDays(1), 1);

    long idleNs() {
        return (long) (idle.toNanos() / speed);
    }

    long sessionNs() {
        return (long) (session.toNanos() / speed);
    }
}
