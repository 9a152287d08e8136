package io.steadyline.offenders.queue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread in the domain. */
public final class QueueWithAThread {
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    void close() {
        sender.shutdown();
    }
}
