package io.steadyline.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.port.LoopExecutor;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class LoopStallTest {

    private final QueuedLoop loop = new QueuedLoop();

    @Test
    void shouldHoldTheLoopItselfForTheLength() throws InterruptedException {
        try (LoopStall stall = new LoopStall(loop)) {
            stall.schedule(Duration.ZERO, Duration.ofHours(1));
            LongConsumer task = loop.tasks.take();
            Thread loopThread = Thread.ofPlatform().start(() -> task.accept(0));
            await().until(() -> loopThread.getState() == Thread.State.TIMED_WAITING);
            loopThread.interrupt();
            loopThread.join();
        }
    }

    @Test
    void shouldLetTheLoopGoOnAfterTheLength() throws InterruptedException {
        try (LoopStall stall = new LoopStall(loop)) {
            stall.schedule(Duration.ZERO, Duration.ofMillis(1));
            loop.tasks.take().accept(0);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void shouldKeepAnInterruption() throws InterruptedException {
        try (LoopStall stall = new LoopStall(loop)) {
            stall.schedule(Duration.ZERO, Duration.ofHours(1));
            LongConsumer task = loop.tasks.take();
            Thread.currentThread().interrupt();
            task.accept(0);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldNotComeAfterItsClose() throws InterruptedException {
        LoopStall stall = new LoopStall(loop);
        stall.schedule(Duration.ofMillis(20), Duration.ofHours(1));
        stall.close();
        assertThat(loop.tasks.poll(60, TimeUnit.MILLISECONDS)).isNull();
    }

    /** Keeps what it is given, for the test to run. */
    private static final class QueuedLoop implements LoopExecutor {

        private final BlockingQueue<LongConsumer> tasks = new LinkedBlockingQueue<>();

        @Override
        public boolean isLoopThread() {
            return false;
        }

        @Override
        public void execute(LongConsumer task) {
            tasks.add(task);
        }
    }
}
