package io.steadyline.bootstrap.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How much a total grew in each second, from now until it is closed. */
final class PerSecond implements AutoCloseable {

    /** A total that is asked for once a second. */
    @FunctionalInterface
    interface Total {
        long now() throws DrillFailure;
    }

    private final Total total;
    private final List<Long> grown = new ArrayList<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private long before;

    PerSecond(Total total) throws DrillFailure {
        this.total = total;
        this.before = total.now();
        var _ = clock.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    private void sample() {
        try {
            long now = total.now();
            synchronized (grown) {
                grown.add(now - before);
            }
            before = now;
        } catch (DrillFailure failed) {
            // No figure for this second: it is in the next one.
            synchronized (grown) {
                grown.add(0L);
            }
        }
    }

    List<Long> soFar() {
        synchronized (grown) {
            return List.copyOf(grown);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
