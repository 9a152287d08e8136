package io.steadyline.websocket.server;

import io.steadyline.call.CallLoop;
import io.steadyline.port.LoopExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * The thread that owns all calls: Undertow's one I/O thread, with one timer of it armed for the earliest deadline of any
 * call. Only {@link #execute} and {@link #isLoopThread} may be called from elsewhere.
 */
public final class MediaLoop implements LoopExecutor {

    /** Whoever asks for the last turn watches for seconds; a volatile store with each message would be a fence. */
    private static final long TURN_GRAIN_NS = 1_000_000;

    /** More gain nothing from each other, and the first one has waited long enough. */
    private static final int MOST_WRITES = 64;

    /**
     * A deadline a whole frame ago goes before the messages that are ready still: 60 frames of a thousand calls at once take a fifth
     * of a second. Not earlier: the call's own message may be among them, and then does both in one visit.
     */
    static final long OVERDUE_LIMIT_NS = 20_000_000;

    private final XnioIoThread thread;
    private final Runnable tick = this::tick;
    private final Runnable roundEnd = this::onRoundEnd;
    private final Queue<Runnable> writes = new ArrayDeque<>();
    private final TurnSpacing spacing = new TurnSpacing(System.nanoTime());
    private boolean roundEndIsAsked;
    private long roundBegunNs;
    private @Nullable CallLoop calls;
    private @Nullable LoadWatch load;
    private Runnable afterTurn = () -> {};
    private XnioExecutor.@Nullable Key armed;
    private long armedForNs = Long.MAX_VALUE;
    private volatile long lastTurnNs = System.nanoTime();

    MediaLoop(XnioIoThread thread) {
        this.thread = thread;
    }

    /**
     * @param watch is told each time deadlines are met, and of each round
     * @param toRun after each turn in which calls may have begun or ended; runs on the loop
     */
    void serve(CallLoop toServe, LoadWatch watch, Runnable toRun) {
        calls = toServe;
        load = watch;
        afterTurn = toRun;
    }

    long nowNs() {
        return System.nanoTime();
    }

    /**
     * When this loop last began a message or ended another turn, to the millisecond; any thread. Without calls it may be
     * long ago: ask for a turn and look again.
     */
    long lastTurnNs() {
        return lastTurnNs;
    }

    /** How late the timer's next turn is by now; 0 when it is not due. */
    long overdueNs(long nowNs) {
        return armed == null ? 0 : Math.max(0, nowNs - armedForNs);
    }

    @Override
    public boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(LongConsumer task) {
        thread.execute(() -> {
            try {
                task.accept(nowNs());
            } finally {
                rearm();
            }
        });
    }

    /** Runs the task on this loop after the delay, unless the returned key is removed before. */
    XnioExecutor.Key after(long delayMs, Runnable task) {
        return thread.executeAfter(task, delayMs, TimeUnit.MILLISECONDS);
    }

    /** To be called on the loop after calls were touched: a deadline may have come nearer. */
    void rearm() {
        rearm(nowNs());
    }

    /**
     * A message was handled. Between two of a long round deadlines are met and writes leave.
     *
     * @param nowNs the time, as of its beginning: a look at the clock for each message is spared
     */
    void onMessage(long nowNs) {
        spacing.onMessage();
        if (spacing.isMany()) {
            askForRoundEnd();
        }
        boolean deadlinesMet = meetDeadlines(nowNs, OVERDUE_LIMIT_NS);
        if (deadlinesMet || writes.size() >= MOST_WRITES) {
            write();
        }
        if (!deadlinesMet) {
            rearm(nowNs);
        }
    }

    /**
     * Runs it when what is ready now has been handled, or earlier, between two messages, when 64 have asked. Many connections
     * that write one after the other find the kernel's code in the processor's cache and their peers awake; what reads and
     * writes in turn does not (ADR 0024). It should not throw. On the loop.
     */
    void writeAtRoundEnd(Runnable write) {
        writes.add(write);
        askForRoundEnd();
    }

    /** Without waiting for the timer, when the earliest deadline was so long ago. Whether it did. */
    private boolean meetDeadlines(long nowNs, long lateByNs) {
        XnioExecutor.Key timer = armed;
        // A timer that cannot be removed runs already, behind what runs now.
        if (timer == null || nowNs - armedForNs < lateByNs || !timer.remove()) {
            return false;
        }
        tick();
        return true;
    }

    private void askForRoundEnd() {
        if (!roundEndIsAsked) {
            roundEndIsAsked = true;
            roundBegunNs = nowNs();
            // Runs behind the sockets that are ready now and the tasks that wait already; timers come after it.
            thread.execute(roundEnd);
        }
    }

    private void onRoundEnd() {
        try {
            meetDeadlines(nowNs(), 0);
            write();
        } finally {
            roundEndIsAsked = false;
            if (!writes.isEmpty()) {
                askForRoundEnd();
            }
        }
        long nowNs = nowNs();
        LoadWatch watch = load;
        if (watch != null) {
            watch.onRound(nowNs - roundBegunNs, nowNs);
        }
        if (spacing.isMany()) {
            pause(nowNs);
        }
    }

    private void write() {
        for (Runnable write = writes.poll(); write != null; write = writes.poll()) {
            write.run();
        }
    }

    private void pause(long nowNs) {
        long leftNs = pauseNs(nowNs);
        if (leftNs > 0) {
            LockSupport.parkNanos(this, leftNs);
        }
        spacing.begin(nowNs());
    }

    /** Until the millisecond in which deadlines fall due; 0 when the round has taken its time. */
    long pauseNs(long nowNs) {
        return spacing.pauseNs(nowNs, armedForNs);
    }

    private void rearm(long nowNs) {
        CallLoop served = calls;
        if (served == null) {
            return;
        }
        if (nowNs - lastTurnNs >= TURN_GRAIN_NS) {
            lastTurnNs = nowNs;
        }
        afterTurn.run();
        long nextNs = served.nextDueNs();
        if (nextNs >= armedForNs) {
            return;
        }
        if (armed != null) {
            armed.remove();
        }
        armedForNs = nextNs;
        // Rounded up: a timer before its deadline finds nothing, and one just at it would precede its round's messages.
        // XNIO waits up to a millisecond longer. Never 0, which would be a busy loop.
        long delayMs = Math.max(1, Math.ceilDiv(nextNs - nowNs(), 1_000_000L));
        armed = after(delayMs, tick);
    }

    private void tick() {
        long nowNs = nowNs();
        long latenessNs = overdueNs(nowNs);
        armed = null;
        armedForNs = Long.MAX_VALUE;
        CallLoop served = calls;
        LoadWatch watch = load;
        if (served != null && watch != null) {
            try {
                served.runDue(nowNs);
            } finally {
                rearm();
            }
            watch.onTurn(latenessNs, nowNs);
        }
    }
}
