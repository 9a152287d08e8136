package io.steadyline.bootstrap;

import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.SettingsInput;
import io.steadyline.bootstrap.continuity.LiveContinuity;
import io.steadyline.bootstrap.continuity.Refusal;
import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.journal.custody.Custody;
import io.steadyline.journal.custody.InProcessHolder;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway's life and the beginning of its successor's, small, on a directory and ports of its own: it starts, takes
 * calls, is gone without a word, and the next one goes on with them. Afterwards the real thing finds its classes loaded
 * and its code compiled: for a worker that waits to take over, and for the ahead-of-time cache.
 */
public final class Rehearsal {

    private static final int CALLS = 40;
    /** Longer than the whole: the gateway ends them. */
    private static final Duration LENGTH = Duration.ofSeconds(30);

    /** With each gateway, once all calls are there. */
    private static final Duration TALK = Duration.ofMillis(1_200);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NS = 5_000_000;

    private Rehearsal() {}

    /** Nothing of it is in the log; that it failed is. The worker then starts cold, and serves all the same. */
    public static void runSilently(Path directory) {
        Logs.startForServer("standby", "off");
        try {
            run(directory);
        } catch (IOException | Refusal | RuntimeException | LinkageError failed) {
            Logs.level("warn");
            Logger log = LoggerFactory.getLogger(Rehearsal.class);
            log.warn("the rehearsal of a worker that waits failed; it will take over cold", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The log is what the caller has made of it.
     *
     * @param directory of this alone; what is left in it of one that was killed is deleted first, and all of it at the end
     */
    public static void run(Path directory) throws IOException, Refusal, InterruptedException {
        delete(directory);
        Files.createDirectories(directory);
        try (InProcessHolder holder = new InProcessHolder();
                Simulator simulator = Simulator.start()) {
            Settings settings = settings(directory);
            Life first = Life.begin(settings, Custody.inProcess(holder));
            List<CompletableFuture<CallReport>> reports = simulator.placeAll(calls(first), Duration.ofMillis(10));
            first.awaitCalls();
            LockSupport.parkNanos(TALK.toNanos());
            CountDownLatch over = new CountDownLatch(1);
            first.fallSilent(over);
            try {
                Life second = Life.begin(settings, Custody.inProcess(holder));
                LockSupport.parkNanos(TALK.toNanos());
                second.end();
            } finally {
                over.countDown();
                first.gateway().close();
            }
            reports.forEach(CompletableFuture::join);
        } finally {
            delete(directory);
        }
    }

    /**
     * A process that nobody gave a socket: its start, and its end as far as its signals' handler goes; what holds the data
     * directory is let go with the process, which has to end soon. Otherwise as {@link #run}.
     */
    public static void runAlone(Path directory) throws IOException, Refusal {
        delete(directory);
        Files.createDirectories(directory);
        try {
            ServedProcess alone =
                    ServedProcess.start(settings(directory), Gateway.newBootId(), Map.of(), Custody.connect(Map.of()));
            alone.end("the end of a rehearsal");
        } finally {
            delete(directory);
        }
    }

    private static Settings settings(Path directory) {
        Map<String, String> environment = Map.of(
                "PORT", "0",
                "STEADYLINE_GRPC_PORT", "0",
                "STEADYLINE_HTTP_BIND_ADDRESS", "127.0.0.1",
                "STEADYLINE_AGENT", "echo",
                "STEADYLINE_LIMITS_LOOP_LATENESS", "0",
                "STEADYLINE_LIMITS_LOOP_BUSY", "100",
                "STEADYLINE_DATA_DIR", directory.toString(),
                "STEADYLINE_RECORDS_RECORDER_FILE",
                        directory.resolve("recorder.slots").toString());
        return switch (Settings.load(SettingsInput.of(Optional.empty(), environment))) {
            case LoadOutcome.Refused refused -> throw new IllegalStateException(refused.message());
            case LoadOutcome.Loaded loaded -> loaded.settings();
        };
    }

    private static List<CallPlan> calls(Life life) {
        URI media = URI.create("ws://127.0.0.1:" + life.gateway().httpPort() + "/twilio/media");
        return IntStream.range(0, CALLS)
                .mapToObj(_ -> CallPlan.to(media).duration(LENGTH).build())
                .toList();
    }

    private record Life(LiveContinuity continuity, Gateway gateway) {

        static Life begin(Settings settings, Custody custody) throws Refusal {
            String bootId = Gateway.newBootId();
            LiveContinuity continuity = LiveContinuity.open(settings, bootId, custody, () -> {});
            return new Life(continuity, Gateway.start(settings, bootId, Optional.empty(), continuity));
        }

        void awaitCalls() {
            long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
            while (gateway.parts().server().liveCalls() < CALLS && System.nanoTime() - deadlineNs < 0) {
                LockSupport.parkNanos(POLL_NS);
            }
            int live = gateway.parts().server().liveCalls();
            if (live < CALLS) {
                throw new IllegalStateException("calls of the rehearsal: " + live + " (expected: " + CALLS + ")");
            }
        }

        /** As good as killed: no call hears a word, until that is over. */
        void fallSilent(CountDownLatch until) {
            gateway.parts().server().loop().execute(_ -> awaitQuietly(until));
            continuity.abandon("the end of a rehearsal");
        }

        void end() {
            gateway.close();
            continuity.abandon("the end of a rehearsal");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
