package io.steadyline.bootstrap.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random moments, about six seconds from one to the next: not more often than the keeper takes for accidents, five within
 * half a minute. One thread.
 */
final class Moments {

    private static final long NEAREST_MS = 4_500;
    private static final long FARTHEST_MS = 6_500;
    private static final int MOST = 5;
    private static final Duration WINDOW = Duration.ofMillis(30_500);

    private final List<Long> pastNs = new ArrayList<>();

    /** Waits for the next one. */
    void await() {
        long nowNs = System.nanoTime();
        long nextNs = nowNs;
        if (!pastNs.isEmpty()) {
            long apartMs = ThreadLocalRandom.current().nextLong(NEAREST_MS, FARTHEST_MS);
            nextNs = pastNs.getLast() + apartMs * 1_000_000;
        }
        if (pastNs.size() >= MOST) {
            nextNs = Math.max(nextNs, pastNs.get(pastNs.size() - MOST) + WINDOW.toNanos());
        }
        if (nextNs - nowNs > 0) {
            KeptCalls.pause(Duration.ofNanos(nextNs - nowNs));
        }
        pastNs.add(System.nanoTime());
    }
}
