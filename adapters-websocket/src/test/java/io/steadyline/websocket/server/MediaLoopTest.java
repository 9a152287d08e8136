package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** On XNIO's own thread. */
class MediaLoopTest {

    private XnioWorker worker;
    private MediaLoop loop;

    @BeforeEach
    void open() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        loop = new MediaLoop(worker.getIoThread());
    }

    @AfterEach
    void close() {
        worker.shutdownNow();
    }

    @Test
    void shouldPauseOnceForEachRoundOfManyMessages() {
        long startNs = System.nanoTime();
        for (int round = 0; round < 50; round++) {
            onLoop(this::fourMessages);
            // Runs behind the pause, which was asked for on the loop itself.
            onLoop(() -> {});
        }
        assertThat(System.nanoTime() - startNs).as("50 rounds, ns").isGreaterThan(49 * TurnSpacing.SPACING_NS);
    }

    private void fourMessages() {
        for (int i = 0; i < TurnSpacing.MANY; i++) {
            loop.onMessage(System.nanoTime());
        }
    }

    private void onLoop(Runnable task) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        worker.getIoThread().execute(() -> {
            task.run();
            done.complete(true);
        });
        done.join();
    }
}
