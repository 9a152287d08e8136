package io.steadyline.journal.periodic;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one wrapper for all periodic work. A task that throws is logged, counted and run again; the JDK's own scheduler would
 * drop it without a word. An essential one that keeps failing ends the process on purpose, through a callback.
 *
 * <p>All tasks of an instance share one daemon thread and must be short. The methods may be called by any thread.
 */
public final class Periodic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> onFailure;
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private final AtomicLong untold = new AtomicLong();

    /** What is done; may throw anything. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** What happens when an essential task has failed too often; is to end the process. */
    @FunctionalInterface
    public interface OnDeath {
        void die(String task, Throwable lastFailure);
    }

    /**
     * @param threadName of the one thread
     * @param onFailure sees each failure first, to end the process over those that it cannot live on with
     *     ({@code LastResort::dieIfFatal})
     */
    public Periodic(String threadName, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        executor = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().name(threadName).daemon().unstarted(task));
        executor.setRemoveOnCancelPolicy(true);
        // Now, and not when threads may have run out.
        executor.prestartCoreThread();
    }

    /** Runs it now and then again and again, whatever it throws. */
    public void every(String name, Duration period, Task task) {
        schedule(new Run(name, task, Integer.MAX_VALUE, (failed, last) -> {}), period);
    }

    /** The same; after {@code maxFailuresInARow} (from 1) failures without a success between them, {@code onDeath} is called. */
    public void everyEssential(String name, Duration period, int maxFailuresInARow, OnDeath onDeath, Task task) {
        if (maxFailuresInARow < 1) {
            throw new IllegalArgumentException("maxFailuresInARow: " + maxFailuresInARow + " (expected: 1 or more)");
        }
        schedule(new Run(name, task, maxFailuresInARow, onDeath), period);
    }

    /** Runs it once, soon. */
    public void once(String name, Task task) {
        executor.execute(guarded(name, task));
    }

    /** The wrapper alone, for a thread of the caller's: what the task throws is told and counted here, and thrown no further. */
    public Runnable guarded(String name, Task task) {
        return new Run(name, task, Integer.MAX_VALUE, (failed, last) -> {});
    }

    /** A late run is not made up for by several at once. */
    private void schedule(Run run, Duration period) {
        // A run throws nothing, so its future never tells anything.
        Future<?> _ = executor.scheduleWithFixedDelay(run, 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How often each task has failed, by its name. */
    public Map<String, Long> failures() {
        Map<String, Long> counts = new TreeMap<>();
        failures.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    /** Failures of what was to tell of a failure. */
    public long untold() {
        return untold.get();
    }

    /** No run begins after this; one that is under way is interrupted. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** One task. Owned by the executor's thread. */
    private final class Run implements Runnable {
        private final String name;
        private final Task task;
        private final int maxFailuresInARow;
        private final OnDeath onDeath;
        private final AtomicLong total;
        private int inARow;

        Run(String name, Task task, int maxFailuresInARow, OnDeath onDeath) {
            this.name = name;
            this.task = task;
            this.maxFailuresInARow = maxFailuresInARow;
            this.onDeath = onDeath;
            total = failures.computeIfAbsent(name, _ -> new AtomicLong());
        }

        @Override
        public void run() {
            try {
                task.run();
                inARow = 0;
            } catch (Throwable failure) {
                if (!executor.isShutdown()) {
                    failed(failure);
                }
            }
        }

        /** Each step by itself: none of them may keep the task from running again. */
        private void failed(Throwable failure) {
            inARow++;
            total.incrementAndGet();
            guarded(() -> onFailure.accept(failure));
            if (isTold()) {
                guarded(() -> LOG.error("{} failed, {} in a row; it goes on", name, inARow, failure));
            }
            if (inARow >= maxFailuresInARow) {
                guarded(() -> onDeath.die(name, failure));
            }
        }

        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (Throwable again) {
                untold.incrementAndGet();
            }
        }

        /** The 1st, 2nd, 4th, 8th … in a row: a task of every 20 ms must not flood the log. */
        private boolean isTold() {
            return Integer.bitCount(inARow) == 1;
        }
    }
}
