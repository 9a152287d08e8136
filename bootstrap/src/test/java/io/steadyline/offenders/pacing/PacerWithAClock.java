package io.steadyline.offenders.pacing;

import java.util.function.LongSupplier;

/** Asks what time it is. */
public final class PacerWithAClock {
    // A reference and not a call: the rule has to see both.
    private final LongSupplier clock = System::nanoTime;

    long nowNs() {
        return clock.getAsLong();
    }
}
