package io.steadyline.websocket.downstream;

import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a bot is still to be told, between the media loop and its socket.
 *
 * <p>Puts: the media loop. Takes: one task at a time, which writes the message and waits for the socket to take it. Order:
 * as put. Bound: caller frames by a count, events by another; what is replayed is bounded by who kept it. Full: the offer is
 * refused, and its bot is given up. Closed: offers are ignored.
 */
final class Outbox {

    /** As many as are kept for a bot that is not there. */
    static final int MAX_EVENTS = 2048;

    /** What a message counts as. */
    enum Kind {
        FRAME,
        EVENT,
        REPLAY
    }

    private record Waiting(Kind kind, Supplier<String> message) {}

    private final WebSocket socket;
    private final Executor executor;
    private final int maxFrames;
    private final Consumer<Throwable> onFailure;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int frames;
    private int events;
    private boolean sending;
    private boolean closed;
    private @Nullable Runnable afterwards;

    /** @param onFailure the socket takes nothing any more; once at most */
    Outbox(WebSocket socket, Executor executor, int maxFrames, Consumer<Throwable> onFailure) {
        this.socket = socket;
        this.executor = executor;
        this.maxFrames = maxFrames;
        this.onFailure = onFailure;
    }

    /**
     * @param message is asked for its text when its turn comes, in the order of the offers
     * @return false: full
     */
    boolean offer(Kind kind, Supplier<String> message) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            boolean isFull = kind == Kind.FRAME ? frames == maxFrames : kind == Kind.EVENT && events == MAX_EVENTS;
            if (isFull) {
                return false;
            }
            count(kind, 1);
            waiting.addLast(new Waiting(kind, message));
            start();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** No more offers; {@code last} runs when what waits has been sent. */
    void finish(Runnable last) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                afterwards = last;
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything; what is being sent goes on. */
    void discard() {
        lock.lock();
        try {
            closed = true;
            afterwards = null;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void start() {
        if (!sending) {
            sending = true;
            executor.execute(this::send);
        }
    }

    /** A loop, not a chain: a socket that takes all at once would make the chain as deep as the backlog. */
    private void send() {
        try {
            for (Waiting next = take(); next != null; next = take()) {
                CompletableFuture<WebSocket> sent = socket.sendText(next.message.get(), true);
                if (!sent.isDone()) {
                    var _ = sent.whenCompleteAsync((_, failure) -> onSent(failure), executor);
                    return;
                }
                if (sent.isCompletedExceptionally()) {
                    fail(sent.exceptionNow());
                    return;
                }
            }
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    private void onSent(@Nullable Throwable failure) {
        if (failure == null) {
            send();
        } else {
            fail(failure);
        }
    }

    private void fail(Throwable failure) {
        discard();
        onFailure.accept(failure);
    }

    /** Null: nothing for now, and nobody sends any more. */
    private @Nullable Waiting take() {
        Runnable last;
        lock.lock();
        try {
            Waiting next = waiting.pollFirst();
            if (next != null) {
                count(next.kind, -1);
                return next;
            }
            sending = false;
            last = afterwards;
            afterwards = null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.run();
        }
        return null;
    }

    private void count(Kind kind, int change) {
        switch (kind) {
            case FRAME -> frames += change;
            case EVENT -> events += change;
            case REPLAY -> {
                // Bounded by the window that it was kept in.
            }
        }
    }
}
