package io.steadyline.call;

import java.time.Duration;
import java.time.Instant;

/** Wall-clock time at one moment of the monotonic clock: the pair that turns monotonic times into dates. */
public record WallAnchor(Instant wall, long ns) {

    public Instant at(long atNs) {
        return wall.plusNanos(atNs - ns);
    }

    /** Never negative: a clock that was set back in between says nothing. */
    Duration since(Instant earlier, long nowNs) {
        Duration since = Duration.between(earlier, at(nowNs));
        return since.isNegative() ? Duration.ZERO : since;
    }
}
