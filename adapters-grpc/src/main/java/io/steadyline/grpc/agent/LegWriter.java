package io.steadyline.grpc.agent;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.grpc.Failures;
import io.steadyline.grpc.Refusals;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one bot is to be told of a call, on its way to the wire.
 *
 * <p>Puts: the media loop, and the bot's handler for warnings. Takes: one leg thread at a time, while the connection takes
 * more. Order: arrival. Bound: milliseconds of audio and a count of events; what is replayed at the start comes on top, bounded
 * by its keeper. Full: the bot is cut, for a hole in what it hears would be taken for silence. Closed: nothing is put any more.
 */
final class LegWriter {

    /** How the stream ended, from this side. */
    interface Listener {
        /** The bot cannot go on, and is told so next. Leg thread. */
        void onFailed(String why);

        /** The bot does not read; comes before {@link #onFailed}. Leg thread. */
        void onCut();

        /** Nothing is written any more. Leg thread. */
        void onOver();
    }

    private record Item(Supplier<AttendResponse> message, int audioMs, int events, boolean isLast) {}

    private final ServerCallStreamObserver<AttendResponse> bot;
    private final Executor threads;
    private final int maxAudioMs;
    private final int maxEvents;
    private final Listener listener;
    private final Queue<Item> backlog = new ConcurrentLinkedQueue<>();
    private final AtomicInteger audioMs = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean broken;
    /** The last message is on its way. */
    private volatile boolean ending;

    private volatile @Nullable String cut;
    private volatile @Nullable StatusRuntimeException failure;
    private boolean over;

    LegWriter(ServerCallStreamObserver<AttendResponse> bot, Executor threads, AgentLimits limits, Listener listener) {
        this.bot = bot;
        this.threads = threads;
        this.maxAudioMs = (int) limits.backlogAudio().toMillis();
        this.maxEvents = limits.backlogEvents();
        this.listener = listener;
    }

    /** @param isReplay does not count: the keeper of what is replayed bounds it */
    void audio(Supplier<AttendResponse> message, int ms, boolean isReplay) {
        int counted = isReplay ? 0 : ms;
        if (!closed && audioMs.addAndGet(counted) > maxAudioMs && counted > 0) {
            cut("more than " + maxAudioMs + " ms of caller audio wait");
        }
        put(new Item(message, counted, 0, false));
    }

    /** @param isReplay does not count */
    void event(Supplier<AttendResponse> message, boolean isReplay) {
        int counted = isReplay ? 0 : 1;
        if (!closed && events.addAndGet(counted) > maxEvents && counted > 0) {
            cut("more than " + maxEvents + " events wait");
        }
        put(new Item(message, 0, counted, false));
    }

    /** Nothing follows it. */
    void last(Supplier<AttendResponse> message) {
        put(new Item(message, 0, 0, true));
        ending = true;
        closed = true;
    }

    /** The same, with what was put before as the last message. */
    void complete() {
        last(AttendResponse::getDefaultInstance);
    }

    /** What is left to write has had its time. */
    void giveUp(String what) {
        cut(what);
    }

    /** What waits is forgotten. */
    void fail(StatusRuntimeException why) {
        if (ending) {
            return;
        }
        closed = true;
        failure = why;
        wake();
    }

    /** The bot's connection is gone. */
    void onBroken() {
        closed = true;
        broken = true;
        wake();
    }

    /** What waits is not read. */
    private void cut(String what) {
        closed = true;
        cut = what;
        failure = Refusals.of(
                Code.RESOURCE_EXHAUSTED,
                "SLOW_READER",
                "the bot does not read: " + what + " (expected: a reader that keeps up with the caller)");
        wake();
    }

    /** There is something to do: a message, or the connection takes more. */
    void wake() {
        if (work.getAndIncrement() == 0) {
            threads.execute(this::run);
        }
    }

    private void put(Item item) {
        if (!closed) {
            backlog.add(item);
            wake();
        }
    }

    private void run() {
        int done;
        do {
            done = work.get();
            try {
                write();
            } catch (RuntimeException e) {
                failure = Failures.answerTo(e, "Attend");
                closed = true;
                work.incrementAndGet();
            }
        } while (work.addAndGet(-done) != 0);
    }

    private void write() {
        StatusRuntimeException why = failure;
        if (over) {
            backlog.clear();
        } else if (broken) {
            end();
        } else if (why != null) {
            // First of all: a listener that throws would bring us here again.
            over = true;
            tellFailure(why);
            end();
            bot.onError(why);
        } else {
            writeReady();
        }
    }

    private void writeReady() {
        while (failure == null && bot.isReady()) {
            Item item = backlog.poll();
            if (item == null) {
                return;
            }
            audioMs.addAndGet(-item.audioMs);
            events.addAndGet(-item.events);
            AttendResponse message = item.message.get();
            if (message.getMessageCase() != AttendResponse.MessageCase.MESSAGE_NOT_SET) {
                bot.onNext(message);
            }
            if (item.isLast) {
                end();
                bot.onCompleted();
                return;
            }
        }
    }

    /** Before the stream ends: its end may come back as a broken connection, and the first reason counts. */
    private void tellFailure(StatusRuntimeException why) {
        String what = cut;
        if (what != null) {
            listener.onCut();
        }
        listener.onFailed(what == null ? String.valueOf(why.getStatus().getDescription()) : "does not read: " + what);
    }

    private void end() {
        over = true;
        backlog.clear();
        listener.onOver();
    }
}
