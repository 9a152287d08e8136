package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.HangUp;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Calls whose socket is cut without a goodbye, by a reset or by an end; half of them come back with their call id on a new stream and
 * hang up in the end as a caller does. Everything but what is public to the package runs on the one thread of {@code desk}.
 */
final class Mishaps implements AutoCloseable {

    private static final int SEED = 11;
    private static final long SHORTEST_MS = 4_000;
    private static final long LONGEST_MS = 10_000;

    /** Within {@code limits.linger}, which is 10 s. */
    private static final long LONGEST_AWAY_MS = 4_000;

    private static final long LONGEST_PAUSE_MS = 2_000;
    private static final Duration LAST_FRAMES = Duration.ofSeconds(2);

    private final URI media;
    private final Simulator simulator = Simulator.start();
    private final ScheduledExecutorService desk = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("mishaps").daemon().factory());
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final CompletableFuture<Counts> done = new CompletableFuture<>();
    private volatile Counts counts = Counts.NONE;
    private boolean isStopping;
    private int places;

    private Mishaps(URI media) {
        this.media = media;
    }

    /**
     * @param begun calls
     * @param refused streams that were not taken
     * @param cut sockets that were cut without a goodbye
     * @param back calls that came back on a new stream
     * @param ended calls that came back and hung up in the end
     * @param spoilt streams that ended otherwise than by this side
     * @param lostAfterwards frames of the new streams that did not come back
     */
    record Counts(int begun, int refused, int cut, int back, int ended, int spoilt, long lostAfterwards) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    begun + other.begun,
                    refused + other.refused,
                    cut + other.cut,
                    back + other.back,
                    ended + other.ended,
                    spoilt + other.spoilt,
                    lostAfterwards + other.lostAfterwards);
        }
    }

    /** So many at once from now on. */
    static Mishaps start(URI media, int atOnce) {
        Mishaps mishaps = new Mishaps(media);
        mishaps.desk.execute(() -> {
            mishaps.places = atOnce;
            for (int i = 0; i < atOnce; i++) {
                mishaps.later(LONGEST_PAUSE_MS, mishaps::dial);
            }
        });
        return mishaps;
    }

    Counts counts() {
        return counts;
    }

    /** No more calls; those that are away still come back. */
    void stop() {
        desk.execute(() -> isStopping = true);
    }

    Counts await(Duration limit) throws IOException, InterruptedException {
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("the calls with mishaps: " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new IOException("the calls with mishaps: not over after " + limit.toSeconds() + " s", late);
        }
    }

    private void later(long longestMs, Runnable what) {
        var _ = desk.schedule(() -> guarded(what), random.nextLong(longestMs), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException fault) {
            done.completeExceptionally(fault);
        }
    }

    private void dial() {
        if (isStopping) {
            places--;
            if (places == 0) {
                done.complete(counts);
            }
            return;
        }
        CallPlan plan = CallPlan.to(media)
                .duration(aWhile())
                .hangUp(random.nextBoolean() ? HangUp.RESET : HangUp.ABRUPT)
                .keepAnswer(false)
                .build();
        boolean comesBack = random.nextBoolean();
        place(plan, report -> onCut(report, comesBack));
    }

    private void onCut(CallReport report, boolean comesBack) {
        int refused = report.wasConnected() ? 0 : 1;
        int cut = report.wasCompleted() ? 1 : 0;
        count(new Counts(1, refused, cut, 0, 0, 1 - refused - cut, 0));
        if (comesBack && cut == 1) {
            later(LONGEST_AWAY_MS, () -> comeBack(report.plan()));
        } else {
            later(LONGEST_PAUSE_MS, this::dial);
        }
    }

    private void comeBack(CallPlan before) {
        CallPlan plan = before.anotherStream()
                .duration(aWhile())
                .drainFor(LAST_FRAMES)
                .echoProbe(true)
                .hangUp(HangUp.STOP_THEN_CLOSE)
                .build();
        place(plan, this::onOver);
    }

    private void onOver(CallReport report) {
        int refused = report.wasConnected() ? 0 : 1;
        int ended = report.wasCompleted() ? 1 : 0;
        CallReport.Echo echo = report.echo();
        long lost = echo == null ? 0 : echo.sent() - echo.returned();
        count(new Counts(0, refused, 0, 1 - refused, ended, 1 - refused - ended, lost));
        later(LONGEST_PAUSE_MS, this::dial);
    }

    private void place(CallPlan plan, Consumer<CallReport> onEnd) {
        var _ = simulator.place(plan).thenAcceptAsync(onEnd, desk).exceptionally(fault -> {
            done.completeExceptionally(fault instanceof CompletionException wrapped ? wrapped.getCause() : fault);
            return null;
        });
    }

    private void count(Counts more) {
        counts = counts.plus(more);
    }

    private Duration aWhile() {
        return Duration.ofMillis(random.nextLong(SHORTEST_MS, LONGEST_MS));
    }

    @Override
    public void close() {
        desk.shutdownNow();
        simulator.close();
    }
}
