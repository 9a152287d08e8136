package io.steadyline.queue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that puts and one that takes. Each sleeps only until the other side wakes it, without a time limit: a lost
 * wake-up hangs, and the test's timeout reports it.
 */
final class TwoThreads {

    final Sleeper putter = new Sleeper();
    final Sleeper taker = new Sleeper();

    /** Runs both to their end; a failure of either is the test's. */
    void run(Part put, Part take) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> putting = threads.submit(() -> putter.during(put));
            Future<?> taking = threads.submit(() -> taker.during(take));
            try {
                taking.get();
                putting.get();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @FunctionalInterface
    interface Part {
        void run();
    }

    /** A wake-up that comes before the sleep is not lost, if its owner looks at the queue between start and sleep. */
    static final class Sleeper {

        private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

        void sleep() {
            LockSupport.park(this);
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("woken by an interrupt (expected: by the queue)");
            }
        }

        void wake() {
            LockSupport.unpark(thread.get());
        }

        private void during(Part part) {
            thread.set(Thread.currentThread());
            part.run();
        }
    }
}
