package io.steadyline.grpc.agent;

import io.steadyline.grpc.Failures;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that owns registrations, offers and searches, and its clock. Any thread may put. */
final class DoorThread {

    private static final String NAME = "agent-door";

    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(NAME).factory());

    DoorThread() {
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** False: the door is closed, and nothing is done any more. */
    boolean run(Runnable task) {
        try {
            thread.execute(guarded(task));
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    Future<?> after(long delayNs, Runnable task) {
        return thread.schedule(guarded(task), delayNs, TimeUnit.NANOSECONDS);
    }

    long nowNs() {
        return System.nanoTime();
    }

    /** What was put before is still done. */
    void close(long waitMs) throws InterruptedException {
        thread.shutdown();
        var _ = thread.awaitTermination(waitMs, TimeUnit.MILLISECONDS);
    }

    /** One task that fails must not take the others with it. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                var _ = Failures.answerTo(e, NAME);
            }
        };
    }
}
