package io.steadyline.journal.custody;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.Errno;
import io.steadyline.posix.PosixException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packets on their way to whoever holds the sockets.
 *
 * <p>Puts: any thread, never waits; the lock is held for one system call that does not wait either. Takes: nobody while
 * there is room in the kernel, else one daemon thread. Order: of the puts. Bound: {@value #MOST} packets that wait. Full:
 * the packet is refused and counted; it costs one socket's survival, or its peer sees the close only when the holder ends.
 * Closed: refused and counted, what waited is dropped and counted.
 */
final class PostBox {

    static final int MOST = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(PostBox.class);

    /** Where the packets go. */
    interface Outlet {
        /** @param wait for room; else {@link Errno#EAGAIN} is thrown when there is none */
        void send(byte[] bytes, int descriptor, boolean wait) throws PosixException;
    }

    /** The descriptor is a duplicate: the caller may close his own meanwhile. -1: none. */
    private static final class Letter {
        private final byte[] bytes;
        private final int descriptor;

        Letter(byte[] bytes, int descriptor) {
            this.bytes = bytes;
            this.descriptor = descriptor;
        }
    }

    private final Outlet outlet;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private final AtomicLong failures = new AtomicLong();
    private boolean closed;

    PostBox(String name, Outlet outlet) {
        this.outlet = outlet;
        Thread.ofPlatform().daemon().name(name).start(this::drain);
    }

    /** False: it was not taken. */
    boolean post(byte[] bytes, int descriptor) {
        lock.lock();
        try {
            boolean taken = !closed && (waiting.isEmpty() ? sendNow(bytes, descriptor) : later(bytes, descriptor));
            if (!taken) {
                failures.incrementAndGet();
            }
            return taken;
        } catch (PosixException failed) {
            refuse(failed.getMessage());
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a packet that cannot even be made. */
    void refuse(String why) {
        failures.incrementAndGet();
        LOG.warn("a message to the holder of the sockets was not sent: {}", why);
    }

    /** Packets that never went out. Never reset. */
    long failures() {
        return failures.get();
    }

    /** Nothing goes out any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean sendNow(byte[] bytes, int descriptor) throws PosixException {
        try {
            outlet.send(bytes, descriptor, false);
            return true;
        } catch (PosixException failed) {
            if (!failed.is(Errno.EAGAIN)) {
                throw failed;
            }
            return later(bytes, descriptor);
        }
    }

    private boolean later(byte[] bytes, int descriptor) throws PosixException {
        if (waiting.size() >= MOST) {
            return false;
        }
        waiting.addLast(new Letter(bytes, descriptor < 0 ? -1 : Descriptors.duplicate(descriptor, 0)));
        changed.signalAll();
        return true;
    }

    private void drain() {
        try {
            Letter letter = first();
            while (letter != null) {
                send(letter);
                // Only now: whoever posts meanwhile must get in line behind it.
                remove();
                letter = first();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Letter first() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            return waiting.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void remove() {
        lock.lock();
        try {
            waiting.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void send(Letter letter) {
        try {
            if (isClosed()) {
                failures.incrementAndGet();
            } else {
                outlet.send(letter.bytes, letter.descriptor, true);
            }
        } catch (PosixException failed) {
            refuse(failed.getMessage());
        } finally {
            TcpSockets.closeQuietly(letter.descriptor);
        }
    }
}
