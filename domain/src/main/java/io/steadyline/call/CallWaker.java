package io.steadyline.call;

import io.steadyline.port.LoopExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Gets a call polled soon when another thread has put something into one of its queues; many wishes make one poll. */
final class CallWaker implements Runnable {

    private final LoopExecutor executor;
    private final ObjLongConsumer<Call> poll;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable Call call;

    CallWaker(LoopExecutor executor, ObjLongConsumer<Call> poll) {
        this.executor = executor;
        this.poll = poll;
    }

    void serve(Call toWake) {
        call = toWake;
    }

    @Override
    public void run() {
        // On the loop itself the call is being polled already.
        if (executor.isLoopThread() || !asked.compareAndSet(false, true)) {
            return;
        }
        executor.execute(nowNs -> {
            asked.set(false);
            Call toWake = call;
            if (toWake != null) {
                poll.accept(toWake, nowNs);
            }
        });
    }
}
