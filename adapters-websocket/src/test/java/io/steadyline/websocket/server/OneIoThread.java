package io.steadyline.websocket.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** A worker of XNIO's with one I/O thread, as the gateway has. */
final class OneIoThread implements AutoCloseable {

    private final XnioWorker worker;

    OneIoThread() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
    }

    XnioIoThread thread() {
        return worker.getIoThread();
    }

    /** What the task gives, once the thread has run it. */
    <T> T call(Callable<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        thread().execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception | AssertionError failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.join();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
