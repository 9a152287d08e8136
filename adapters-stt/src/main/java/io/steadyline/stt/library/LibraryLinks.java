package io.steadyline.stt.library;

import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * All connections into one library: their threads, and their end. Any thread may call.
 *
 * <p>A thread that is inside the library for an aborted connection, to close it too, is made up for by another one until it is
 * back; up to {@value #MAX_MORE_THREADS} at once.
 */
public final class LibraryLinks implements AutoCloseable {

    private static final int THREAD_STAYS_S = 30;
    private static final int CLOSE_TIMEOUT_S = 5;

    /**
     * A limit of ours, not a measurement: so many connections that hang at once are no mishap of one call but a library at fault,
     * and each thread more holds a stack and what its connection holds. Beyond it calls wait, and say so by their own timeouts.
     */
    private static final int MAX_MORE_THREADS = 8;

    private final int threads;
    private final ThreadPoolExecutor pool;
    private final Set<LibraryLink> open = ConcurrentHashMap.newKeySet();
    private int held;

    /** @param threads how many of its connections are served at once; native code may hold each for a while */
    public LibraryLinks(String name, int threads) {
        this.threads = threads;
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                THREAD_STAYS_S,
                TimeUnit.SECONDS,
                // Bound: a connection waits for an answer before it asks again, so a few tasks for each of them.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory(),
                // After close nobody listens any more.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Returns at once; how it goes is told to {@code events}. What cannot be opened is refused, with status 0. */
    public Link open(Library library, LinkEvents events) {
        LibraryLink link = new LibraryLink(new Turns(pool), events, this);
        open.add(link);
        link.open(library);
        return link;
    }

    /** Connections whose session has not been closed yet. */
    public int openNow() {
        return open.size();
    }

    /**
     * Ends all connections, and waits a little for the library to let go of them.
     *
     * @return false: some are still held
     */
    public boolean end() {
        open.forEach(LibraryLink::abort);
        try {
            synchronized (open) {
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_TIMEOUT_S);
                for (long leftNs = TimeUnit.SECONDS.toNanos(CLOSE_TIMEOUT_S);
                        !open.isEmpty() && leftNs > 0;
                        leftNs = deadlineNs - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(open, leftNs);
                }
            }
            return open.isEmpty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            pool.shutdown();
        }
    }

    @Override
    public void close() {
        end();
    }

    /** A thread is inside the library for a connection that nobody waits for: another one works in its place until it is back. */
    void onHeld() {
        resize(1);
    }

    void onBack() {
        resize(-1);
    }

    private synchronized void resize(int more) {
        held += more;
        int wanted = threads + Math.min(held, MAX_MORE_THREADS);
        if (wanted > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(wanted);
            pool.setCorePoolSize(wanted);
        } else {
            pool.setCorePoolSize(wanted);
            pool.setMaximumPoolSize(wanted);
        }
    }

    void forget(LibraryLink link) {
        synchronized (open) {
            open.remove(link);
            open.notifyAll();
        }
    }
}
