package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadTest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One load on a thread of its own. Its methods may be called from any thread. */
final class BackgroundLoad {

    private final CompletableFuture<LoadReport> report = new CompletableFuture<>();
    private volatile Far far = Far.NOT_BEGUN;

    private BackgroundLoad() {}

    /**
     * How far it is.
     *
     * @param up calls of the last second
     */
    record Far(int up, long sent, long returned, double gapP99Ms, double latenessP99Ms) {

        static final Far NOT_BEGUN = new Far(0, 0, 0, 0, 0);

        Far plus(LoadReport.Second second) {
            return new Far(
                    second.up(),
                    sent + second.sent(),
                    returned + second.returned(),
                    second.gaps().p99Ms(),
                    second.lateness().p99Ms());
        }
    }

    static BackgroundLoad start(String name, LoadPlan plan) {
        BackgroundLoad load = new BackgroundLoad();
        Thread.ofPlatform().name(name).daemon().start(() -> load.run(plan));
        return load;
    }

    private void run(LoadPlan plan) {
        try {
            report.complete(new LoadTest(plan).run(second -> far = far.plus(second)));
        } catch (IOException | RuntimeException failed) {
            report.completeExceptionally(failed);
        }
    }

    Far far() {
        return far;
    }

    boolean isOver() {
        return report.isDone();
    }

    LoadReport await() throws IOException, InterruptedException {
        try {
            return report.get();
        } catch (ExecutionException failed) {
            throw new IOException("the load failed: " + failed.getCause(), failed);
        }
    }
}
