package io.steadyline.simulator;

import io.steadyline.simulator.ws.FrameWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a simulator: sockets, deadlines, and what others ask for.
 *
 * <p>It waits in the selector, whose grain is a millisecond, rounded up: a send may be late by up to one millisecond, and
 * what is received is seen at once. Calls due in the same millisecond share a wake-up.
 */
final class Loop {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final long LONGEST_WAIT_NS = 1_000_000_000;
    private static final int READ_BUFFER_BYTES = 64 * 1024;

    private final Selector selector;
    private final Timers timers = new Timers();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final FrameWriter frameWriter = new FrameWriter();
    private final Runnable lastTask;

    /** Guarded by {@link #inbox} for writing, so that no task is put in after the last look at it. */
    private volatile boolean isStopping;

    /** {@code lastTask} runs on the thread when everything else has been done. */
    Loop(String name, Runnable lastTask) {
        this.lastTask = lastTask;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for the simulator", e);
        }
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Any thread; runs the task soon. False when the loop has been stopped: the task will not run. */
    boolean execute(Runnable task) {
        synchronized (inbox) {
            if (isStopping) {
                return false;
            }
            inbox.add(task);
        }
        selector.wakeup();
        return true;
    }

    /** Any thread but the loop's; what is in the inbox still runs. */
    void stop() {
        synchronized (inbox) {
            isStopping = true;
        }
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    Selector selector() {
        return selector;
    }

    Timers timers() {
        return timers;
    }

    /** Shared by all links; empty between uses. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    FrameWriter frameWriter() {
        return frameWriter;
    }

    private void run() {
        try {
            while (!isStopping) {
                turn();
            }
        } catch (IOException e) {
            log.error("the simulator's selector failed; its calls are lost", e);
            synchronized (inbox) {
                isStopping = true;
            }
        } finally {
            runInbox();
            lastTask.run();
            closeSelector();
        }
    }

    private void turn() throws IOException {
        long waitMs = (timers.untilNextNs(System.nanoTime(), LONGEST_WAIT_NS) + 999_999) / 1_000_000;
        if (waitMs == 0) {
            selector.selectNow(this::onReady);
        } else {
            selector.select(this::onReady, waitMs);
        }
        runInbox();
        timers.fire(System.nanoTime());
    }

    private void onReady(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Link link) {
            try {
                link.onReady();
            } catch (RuntimeException e) {
                link.onFault(e);
            }
        }
    }

    private void runInbox() {
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            task.run();
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            log.warn("the simulator's selector did not close", e);
        }
    }
}
