package io.steadyline.bootstrap.fault;

import io.steadyline.port.LoopExecutor;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes the media loop stand still, as a long collector pause or a frozen machine would. */
public final class LoopStall implements AutoCloseable {

    private final LoopExecutor loop;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fault-loop-stall").factory());

    public LoopStall(LoopExecutor loop) {
        this.loop = loop;
    }

    /** Once, {@code after} from now. */
    public void schedule(Duration after, Duration length) {
        var _ = timer.schedule(() -> loop.execute(_ -> standStill(length)), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void standStill(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
