package io.steadyline.offenders.call;

import java.util.concurrent.locks.LockSupport;

/** Waits for the next frame. */
public final class PathThatWaits {
    void pace() {
        LockSupport.parkNanos(20_000_000);
    }
}
