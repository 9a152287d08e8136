package io.steadyline.stt.runtime;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each session a turn every 10 ms, on one thread: 100 wake-ups a second for all calls together, instead of one for each
 * frame, message and timer of each. A session that has to catch up rings for a turn in between. Without sessions it sleeps.
 */
final class SessionTurns {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTurns.class);
    private static final long PERIOD_NS = 10_000_000;

    private final Set<RuntimeSession> sessions = ConcurrentHashMap.newKeySet();
    private final Queue<RuntimeSession> rung = new ConcurrentLinkedQueue<>();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong floods = new AtomicLong();
    private final Object doorLock = new Object();
    private final Thread thread;
    private volatile boolean stopping;

    SessionTurns(String threadName) {
        this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** False when no turns are given any more. */
    boolean admit(RuntimeSession session) {
        synchronized (doorLock) {
            if (stopping) {
                return false;
            }
            boolean first = sessions.isEmpty();
            sessions.add(session);
            if (first) {
                LockSupport.unpark(thread);
            }
            return true;
        }
    }

    /** The session wants a turn before the next round. Any thread; returns at once. */
    void ring(RuntimeSession session) {
        rung.add(session);
        LockSupport.unpark(thread);
    }

    int open() {
        return sessions.size();
    }

    long failed() {
        return failed.get();
    }

    long floods() {
        return floods.get();
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
        long dueNs = System.nanoTime();
        while (!stopping) {
            rung.clear();
            sessions.forEach(this::turn);
            dueNs = rest(dueNs + PERIOD_NS);
        }
        for (RuntimeSession session : sessions) {
            session.close(System.nanoTime());
            left(session);
        }
    }

    /** Until the next round is due; without sessions until there is one. Late rounds are not made up for. */
    private long rest(long dueNs) {
        // A sink may have left an interruption behind; with it no park would wait.
        if (Thread.interrupted()) {
            LOG.warn("a sink of speech events interrupted the thread {}; ignored", thread.getName());
        }
        while (sessions.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        long nowNs = System.nanoTime();
        if (dueNs - nowNs <= 0) {
            return nowNs;
        }
        for (; !stopping && dueNs - nowNs > 0; nowNs = System.nanoTime()) {
            LockSupport.parkNanos(this, dueNs - nowNs);
            for (RuntimeSession session = rung.poll(); session != null; session = rung.poll()) {
                turn(session);
            }
        }
        return dueNs;
    }

    private void turn(RuntimeSession session) {
        if (sessions.contains(session) && !session.turn(System.nanoTime())) {
            left(session);
        }
    }

    private void left(RuntimeSession session) {
        sessions.remove(session);
        if (session.hasFailed()) {
            failed.incrementAndGet();
        }
        if (session.wasFlooded()) {
            floods.incrementAndGet();
        }
    }
}
