package io.steadyline.testkit;

import io.steadyline.port.LoopExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongConsumer;

/**
 * The media loop's task queue, run when the test says so. What the test does of itself counts as another thread's doing;
 * the loop is what runs within {@link #onLoop}.
 */
public final class FakeLoopExecutor implements LoopExecutor {

    private final Queue<LongConsumer> tasks = new ArrayDeque<>();
    private boolean onLoop;

    @Override
    public boolean isLoopThread() {
        return onLoop;
    }

    @Override
    public void execute(LongConsumer task) {
        tasks.add(task);
    }

    /** Runs the action as the media loop. */
    public void onLoop(Runnable action) {
        boolean before = onLoop;
        onLoop = true;
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
