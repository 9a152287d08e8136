package io.steadyline.port;

import java.util.function.LongConsumer;

/** The media loop as other threads see it: a way to run something there. */
public interface LoopExecutor {

    /** The caller is the media loop itself. */
    boolean isLoopThread();

    /** Runs the task on the media loop soon, with the monotonic time of then. Any thread; returns at once. */
    void execute(LongConsumer task);
}
