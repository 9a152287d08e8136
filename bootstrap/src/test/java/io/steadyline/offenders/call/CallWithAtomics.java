package io.steadyline.offenders.call;

import java.util.concurrent.atomic.AtomicLong;

/** An atomic counter in what one thread owns. */
public final class CallWithAtomics {
    private final AtomicLong frames = new AtomicLong();

    long count() {
        return frames.incrementAndGet();
    }
}
