package io.steadyline.otel;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Maps the monotonic clock of the moments to wall time, by one pair read at the start. A step of the wall clock after that
 * does not tear a trace apart.
 */
record WallClock(long epochNs, long atNs) {

    static WallClock now() {
        Instant wall = Instant.now();
        return new WallClock(TimeUnit.SECONDS.toNanos(wall.getEpochSecond()) + wall.getNano(), System.nanoTime());
    }

    long toEpochNs(long momentNs) {
        return epochNs + (momentNs - atNs);
    }
}
