package io.steadyline.stt.library;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Tasks of one owner on a pool of many. Puts: any thread. Takes: one thread of the pool at a time. Order: arrival; after each
 * task the others of the pool have their turn. Bound: none, its owner has at most a few at once.
 */
final class Turns implements Executor {

    private final Executor pool;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private volatile boolean atWork;

    Turns(Executor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        pool.execute(this::runOne);
    }

    /** A thread is at one of the tasks now. */
    boolean isAtWork() {
        return atWork;
    }

    private void runOne() {
        atWork = true;
        try {
            next().run();
        } finally {
            atWork = false;
            if (isMore()) {
                pool.execute(this::runOne);
            }
        }
    }

    private Runnable next() {
        synchronized (waiting) {
            return waiting.remove();
        }
    }

    private boolean isMore() {
        synchronized (waiting) {
            scheduled = !waiting.isEmpty();
            return scheduled;
        }
    }
}
