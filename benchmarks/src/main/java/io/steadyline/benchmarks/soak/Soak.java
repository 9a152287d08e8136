package io.steadyline.benchmarks.soak;

import io.steadyline.benchmarks.paced.Contender;
import io.steadyline.benchmarks.paced.Place;
import io.steadyline.benchmarks.paced.ProcessView;
import io.steadyline.benchmarks.paced.RunningServer;
import io.steadyline.simulator.load.Core;
import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadTest;
import io.steadyline.simulator.load.Strain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the gateway behind its keeper, puts all calls on it, looks at what it holds, and waits after the last one until it holds no more
 * than before.
 */
public final class Soak {

    private static final int CALLS_A_SECOND = 50;
    private static final int REHEARSAL_CALLS = 20;
    private static final Duration REHEARSAL = Duration.ofSeconds(4);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    /** The calls that come and go are over before those that stay, whose last frames then go alone. */
    private static final Duration CHURN_ENDS_BEFORE = Duration.ofSeconds(12);

    private static final Duration MISHAPS_END_BEFORE = Duration.ofSeconds(20);
    private static final Duration MISHAPS_LIMIT = Duration.ofSeconds(60);

    /** A call whose socket was cut is waited for, 10 s as shipped, and settles, 2 s at most; what is left then was not forgotten in time. */
    private static final Duration AFTERMATH = Duration.ofSeconds(15);

    private static final Duration BACK_LIMIT = Duration.ofSeconds(60);

    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration PROGRESS = Duration.ofSeconds(30);

    /** Of the run. A full collection is a pause: none is in the first and the last tenth, which are compared. */
    private static final List<Double> HEAP_LOOKS_AT = List.of(0.12, 0.23, 0.34, 0.45, 0.56, 0.67, 0.78, 0.88);

    /** An echo that is cleared when its own caller speaks would be told as lost. */
    private static final Map<String, String> ENVIRONMENT = Map.of("STEADYLINE_BARGE_IN_POLICY", "off");

    private final Place place;
    private final SoakPlan plan;
    private final @Nullable Path keptLog;
    private final Consumer<String> say;

    /** @param keptLog where the log of the gateway is left; null for nowhere */
    public Soak(Place place, SoakPlan plan, @Nullable Path keptLog, Consumer<String> say) {
        this.place = place;
        this.plan = plan;
        this.keptLog = keptLog;
        this.say = say;
    }

    public SoakReport run() throws IOException, InterruptedException {
        int room = plan.calls() + plan.mishaps();
        try (RunningServer server =
                RunningServer.start(Contender.STEADYLINE, place, room, ENVIRONMENT, List.of("--keep-calls"))) {
            try {
                return new Run(server).run();
            } finally {
                if (keptLog != null) {
                    Files.copy(server.output(), keptLog, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** On one server. */
    private final class Run {

        private final RunningServer server;
        private final ServerLog log;
        private final ProcessView keeper;
        private final List<LiveHeap.Moment> moments = new ArrayList<>();
        private final List<Double> heapLooks = new ArrayList<>(HEAP_LOOKS_AT);
        private ProcessView worker;
        private Look most;
        private int kills;
        private long beganNs;

        Run(RunningServer server) throws IOException, InterruptedException {
            this.server = server;
            log = new ServerLog(server.output());
            keeper = new ProcessView(server.pid());
            worker = awaitWorker(1);
            new LoadTest(LoadPlan.of(server.media(), REHEARSAL_CALLS, REHEARSAL)).run(second -> {});
            pause(QUIET);
            most = Look.at(worker, keeper);
        }

        SoakReport run() throws IOException, InterruptedException {
            long heapBeforeKib = liveHeapKib();
            Look before = look();
            BackgroundLoad staying = BackgroundLoad.start("staying", load(plan.staying(), SETTLE, plan.length()));
            awaitUp(staying);
            Look with = look();
            beganNs = System.nanoTime();
            Duration churnLength = plan.length().minus(CHURN_ENDS_BEFORE);
            BackgroundLoad churning =
                    BackgroundLoad.start("churning", load(plan.churning(), Duration.ZERO, churnLength, Strain.CHURN));
            try (Mishaps mishaps = Mishaps.start(server.media(), plan.mishaps())) {
                meanwhile(staying, churning, mishaps);
                LoadReport stayed = staying.await();
                LoadReport churned = churning.await();
                Mishaps.Counts counts = mishaps.await(MISHAPS_LIMIT);
                long overNs = System.nanoTime();
                double backAfterS = awaitBack(before, overNs);
                pauseUntil(overNs + AFTERMATH.toNanos());
                Look after = look();
                LiveHeap heap = new LiveHeap(heapBeforeKib, moments, liveHeapKib());
                return new SoakReport(
                        plan,
                        stayed,
                        churned,
                        counts,
                        before,
                        with,
                        most,
                        after,
                        backAfterS,
                        heap,
                        log.read().counts(),
                        kills);
            }
        }

        private LoadPlan load(int calls, Duration settle, Duration length, Strain... more) {
            Set<Strain> strains = new HashSet<>(Set.of(more));
            strains.add(Strain.SPEECH);
            return new LoadPlan(
                    server.media(),
                    calls,
                    CALLS_A_SECOND,
                    settle,
                    length,
                    strains,
                    Map.of(),
                    OptionalLong.empty(),
                    Core.SHARED,
                    false);
        }

        private void meanwhile(BackgroundLoad staying, BackgroundLoad churning, Mishaps mishaps)
                throws IOException, InterruptedException {
            long nextSayNs = beganNs + PROGRESS.toNanos();
            long nextKillNs = beganNs + plan.killEvery().toNanos();
            boolean isStopped = false;
            while (!staying.isOver()) {
                TimeUnit.MILLISECONDS.sleep(100);
                long nowNs = System.nanoTime();
                Duration passed = Duration.ofNanos(nowNs - beganNs);
                Duration left = plan.length().minus(passed);
                if (!isStopped && left.compareTo(MISHAPS_END_BEFORE) < 0) {
                    mishaps.stop();
                    isStopped = true;
                }
                if (plan.killsWorkers() && nowNs - nextKillNs >= 0 && !isStopped) {
                    nextKillNs += plan.killEvery().toNanos();
                    kill();
                }
                if (!heapLooks.isEmpty()
                        && passed.toMillis()
                                >= heapLooks.getFirst() * plan.length().toMillis()) {
                    heapLooks.removeFirst();
                    moments.add(new LiveHeap.Moment(passed.toMillis() / 60_000.0, liveHeapKib()));
                }
                if (nowNs - nextSayNs >= 0) {
                    nextSayNs += PROGRESS.toNanos();
                    say.accept(progress(passed, staying.far(), churning.far(), mishaps.counts()));
                }
            }
            // Also when all calls were cut before their time.
            mishaps.stop();
        }

        private String progress(
                Duration passed, BackgroundLoad.Far staying, BackgroundLoad.Far churning, Mishaps.Counts mishaps)
                throws IOException {
            Look look = look();
            ServerLog.Counts lines = log.read().counts();
            return String.format(
                    Locale.ROOT,
                    "%5.1f min: %d stay, %d come and go; %d sockets cut, %d calls back; frames %d out, %d back; gap"
                        + " p99 %.1f, own lateness p99 %.1f ms; descriptors %d, keeper's %d, threads %d, %d MiB; heap"
                        + " %s; %d warnings, %d errors",
                    passed.toMillis() / 60_000.0,
                    staying.up(),
                    churning.up(),
                    mishaps.cut(),
                    mishaps.back(),
                    staying.sent() + churning.sent(),
                    staying.returned() + churning.returned(),
                    staying.gapP99Ms(),
                    staying.latenessP99Ms(),
                    look.descriptors(),
                    look.keeperDescriptors(),
                    look.threads(),
                    look.residentKib() / 1024,
                    moments.isEmpty() ? "–" : moments.getLast().kib() + " KiB",
                    lines.warnings(),
                    lines.errors());
        }

        private Look look() throws IOException {
            requireSameWorker();
            Look look = Look.at(worker, keeper);
            most = most.or(look);
            return look;
        }

        private long liveHeapKib() throws IOException, InterruptedException {
            requireSameWorker();
            return worker.liveHeapKib();
        }

        /** @throws IOException it has died without being killed by this run */
        private void requireSameWorker() throws IOException {
            if (log.read().starts() != kills + 1
                    || !ProcessHandle.of(worker.pid()).isPresent()) {
                throw new IOException("worker " + worker.pid() + " died by itself; " + log.starts() + " have served, "
                        + kills + " were killed; " + log.counts() + "; --log FILE keeps the log");
            }
        }

        /** The worker that waits takes over; another one waits then. */
        private void kill() throws IOException, InterruptedException {
            int starts = log.read().starts();
            ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly);
            kills++;
            say.accept("worker " + worker.pid() + " killed");
            worker = awaitWorker(starts + 1);
        }

        /** The one that serves, once the {@code start}th does and another one waits behind it. */
        private ProcessView awaitWorker(int start) throws IOException, InterruptedException {
            long deadlineNs = System.nanoTime() + START_LIMIT.toNanos();
            while (System.nanoTime() - deadlineNs < 0) {
                OptionalLong pid = log.read().workerPid();
                if (pid.isPresent() && log.starts() >= start && log.waiting() >= start) {
                    return new ProcessView(pid.getAsLong());
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            throw new IOException("worker " + start + ": none serves with another one behind it, after "
                    + START_LIMIT.toSeconds() + " s; " + log.counts());
        }

        private void awaitUp(BackgroundLoad load) throws IOException, InterruptedException {
            long deadlineNs = System.nanoTime() + START_LIMIT.toNanos();
            while (load.far().up() < plan.staying()) {
                if (load.isOver() || System.nanoTime() - deadlineNs > 0) {
                    throw new IOException("calls that are up: " + load.far().up() + " (expected: " + plan.staying()
                            + "); " + (load.isOver() ? load.await() : "the load goes on"));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            pause(QUIET);
        }

        /** Seconds since {@code overNs}. */
        private double awaitBack(Look before, long overNs) throws IOException, InterruptedException {
            while (!SoakJudge.isBack(before, look(), kills) && System.nanoTime() - overNs < BACK_LIMIT.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
            return (System.nanoTime() - overNs) / 1e9;
        }

        private static void pauseUntil(long untilNs) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(untilNs - System.nanoTime());
        }

        private static void pause(Duration length) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
        }
    }
}
