package io.steadyline.benchmarks.paced;

import io.steadyline.simulator.load.Core;
import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadTest;
import io.steadyline.simulator.load.LoadText;
import io.steadyline.simulator.load.Strain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One contender after the other, and all of them again: what the machine does meanwhile hits them all. The load runs on this thread, on a
 * core that no server has.
 */
final class PacedBridge {

    private static final int CALLS_A_SECOND = 100;

    /** Before measuring; {@link Rounds#LEAST_SETTLE_S} leaves it room. */
    private static final Duration UNTIL_THE_LOOK = Duration.ofSeconds(3);

    /** For the load tool's own code, before the first run. */
    private static final Duration REHEARSAL = Duration.ofSeconds(10);

    private static final int REHEARSAL_CALLS = 200;

    private final Place place;
    private final Core core;
    private final Consumer<String> say;

    /** An echo needs nobody who hears; the yardsticks have nobody either. */
    private static final Map<String, String> NOBODY_LISTENS = Map.of("STEADYLINE_STT", "none");

    PacedBridge(Place place, Consumer<String> say) {
        this(place, place.core(), say);
    }

    /** @param core what the load tool may do with its core */
    PacedBridge(Place place, Core core, Consumer<String> say) {
        this.place = place;
        this.core = core;
        this.say = say;
    }

    List<Measured> run(List<Contender> contenders, Rounds rounds, boolean speaks)
            throws IOException, InterruptedException {
        rehearse(place, core);
        List<Measured> runs = new ArrayList<>();
        for (int count : rounds.calls()) {
            for (int time = 1; time <= rounds.times(); time++) {
                for (Contender contender : contenders) {
                    Measured measured = measure(contender, count, rounds, speaks, speaks ? Map.of() : NOBODY_LISTENS);
                    runs.add(measured);
                    say.accept(line(measured, time, rounds.times()));
                }
            }
        }
        return runs;
    }

    /** The load tool's own code is compiled before it measures anybody. */
    static void rehearse(Place place, Core core) throws IOException {
        try (RunningServer server = RunningServer.start(Contender.UNDERTOW, place, REHEARSAL_CALLS, Map.of())) {
            LoadPlan plan =
                    LoadPlan.of(server.media(), REHEARSAL_CALLS, REHEARSAL).on(core);
            LoadReport report = new LoadTest(plan).run(second -> {});
            if (report.frames().returned() == 0) {
                throw new IOException("the rehearsal of the load: no frame came back\n" + LoadText.table(report));
            }
        }
    }

    /** {@code more}: variables of this start, before its own. */
    Measured measure(Contender contender, int calls, Rounds rounds, boolean speaks, Map<String, String> more)
            throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(contender, place, calls, more)) {
            Memory before = Memory.of(contender, server);
            LoadPlan plan = new LoadPlan(
                    server.media(),
                    calls,
                    CALLS_A_SECOND,
                    rounds.settle(),
                    rounds.length(),
                    speaks ? Set.of(Strain.SPEECH) : Set.of(),
                    Map.of(),
                    OptionalLong.of(server.pid()),
                    core,
                    false);
            long lookAfterMs = calls * 1_000L / CALLS_A_SECOND + UNTIL_THE_LOOK.toMillis();
            CompletableFuture<Memory> during = CompletableFuture.supplyAsync(
                    () -> Memory.ofRunning(contender, server),
                    CompletableFuture.delayedExecutor(lookAfterMs, TimeUnit.MILLISECONDS));
            LoadReport report = new LoadTest(plan).run(second -> {});
            Memory with = during.join();
            return new Measured(
                    contender,
                    calls,
                    speaks,
                    report,
                    (with.residentKib() - before.residentKib()) / (double) calls,
                    (with.heapKib() - before.heapKib()) / (double) calls,
                    server.firstCallMs(),
                    null);
        }
    }

    static String line(Measured run, int time, int times) {
        return String.format(
                Locale.ROOT,
                "%s, %d calls, run %d of %d: %.3f ms per call and second; gap error %s; own lateness p99 %.2f ms,"
                        + " gap error while it was punctual: %s; %s",
                run.label(),
                run.calls(),
                time,
                times,
                run.cpuMsPerCallSecond(),
                run.report().gaps(),
                run.report().lateness().p99Ms(),
                BridgeTable.whilePunctual(List.of(run)),
                run.report().verdict());
    }

    /**
     * @param residentKib in RAM
     * @param heapKib lives in the heap; 0 for what is not Java
     */
    private record Memory(long residentKib, long heapKib) {

        static Memory of(Contender contender, RunningServer server) throws IOException, InterruptedException {
            long heapKib = contender.isJava() ? server.view().liveHeapKib() : 0;
            return new Memory(server.view().residentKib(), heapKib);
        }

        static Memory ofRunning(Contender contender, RunningServer server) {
            try {
                return of(contender, server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stop);
            }
        }
    }
}
