package io.steadyline.testkit;

import io.steadyline.port.LoopExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongConsumer;

/** The media loop's task queue, run when the test says so. The test itself is the loop until it plays another thread. */
public final class FakeLoopExecutor implements LoopExecutor {

    private final Queue<LongConsumer> tasks = new ArrayDeque<>();
    private boolean onLoop = true;

    @Override
    public boolean isLoopThread() {
        return onLoop;
    }

    @Override
    public void execute(LongConsumer task) {
        tasks.add(task);
    }

    /** Runs the action as if another thread did. */
    public void fromAnotherThread(Runnable action) {
        boolean before = onLoop;
        onLoop = false;
        try {
            action.run();
        } finally {
            onLoop = before;
        }
    }

    public int waiting() {
        return tasks.size();
    }

    public void runAll(long nowNs) {
        for (LongConsumer task = tasks.poll(); task != null; task = tasks.poll()) {
            task.accept(nowNs);
        }
    }
}
