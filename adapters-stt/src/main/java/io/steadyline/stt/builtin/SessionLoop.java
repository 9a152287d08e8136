package io.steadyline.stt.builtin;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives turns to the sessions that rang, on one thread. After a round it rests for a frame's time, so that all calls
 * together cost 50 wake-ups a second and not 50 each; with nothing to do it sleeps until somebody rings.
 */
final class SessionLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    private static final long REST_NS = 20_000_000;

    private final Counts counts;
    private final Queue<BuiltinSession> rung = new ConcurrentLinkedQueue<>();
    private final Set<BuiltinSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Thread thread;

    private final Object doorLock = new Object();
    private volatile boolean stopping;

    SessionLoop(String threadName, Counts counts) {
        this.counts = counts;
        this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** False when the loop is stopping: the session gets no turn. */
    boolean admit(BuiltinSession session) {
        synchronized (doorLock) {
            if (stopping) {
                return false;
            }
            counts.opened.incrementAndGet();
            return sessions.add(session);
        }
    }

    /** The session wants a turn. Any thread; returns at once. */
    void ring(BuiltinSession session) {
        rung.add(session);
        if (asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends all sessions and the thread. True when both are over within the time; at once when asked by a sink. */
    boolean stop(long withinMs) throws InterruptedException {
        synchronized (doorLock) {
            stopping = true;
        }
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return true;
        }
        thread.join(withinMs);
        return !thread.isAlive();
    }

    private void run() {
        while (!stopping) {
            sleepUntilRung();
            serveRung();
            rest();
        }
        sessions.forEach(session -> {
            session.close();
            left(session);
        });
    }

    private void rest() {
        // A sink may have left an interruption behind; with it no park would wait.
        if (Thread.interrupted()) {
            LOG.warn("a sink of speech events interrupted the thread {}; ignored", thread.getName());
        }
        if (!stopping) {
            LockSupport.parkNanos(this, REST_NS);
        }
    }

    private void sleepUntilRung() {
        asleep.set(true);
        // Looked at after the flag was raised: a ring from here on either is seen now or wakes the thread.
        while (rung.isEmpty() && !stopping && asleep.get()) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    private void serveRung() {
        for (BuiltinSession session = rung.poll(); session != null && !stopping; session = rung.poll()) {
            if (!session.turn()) {
                left(session);
            }
        }
    }

    private void left(BuiltinSession session) {
        if (sessions.remove(session)) {
            counts.closed.incrementAndGet();
        }
    }
}
