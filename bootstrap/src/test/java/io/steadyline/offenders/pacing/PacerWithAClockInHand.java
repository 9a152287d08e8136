package io.steadyline.offenders.pacing;

import java.time.Clock;

/** A clock as a collaborator is still a clock. */
public record PacerWithAClockInHand(Clock clock) {
    long nowMs() {
        return clock.millis();
    }
}
