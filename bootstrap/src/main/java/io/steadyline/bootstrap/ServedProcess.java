package io.steadyline.bootstrap;

import io.steadyline.bootstrap.cli.ExitCode;
import io.steadyline.bootstrap.config.Choices.Profile;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.continuity.Continuity;
import io.steadyline.bootstrap.continuity.LiveContinuity;
import io.steadyline.bootstrap.continuity.NoContinuity;
import io.steadyline.bootstrap.continuity.Refusal;
import io.steadyline.bootstrap.fault.Fault;
import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.journal.custody.Custody;
import io.steadyline.journal.host.LoopWatch;
import io.steadyline.journal.host.PortHolder;
import io.steadyline.keeper.ProcessSignals;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Evidence;
import io.steadyline.websocket.server.GatewayServer;
import io.steadyline.websocket.server.HealthServer;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of {@code serve}: the gateway, its records, its watches, and what its signals mean. */
public final class ServedProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServedProcess.class);
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int LINES_AFTER = 15;

    private final Settings settings;
    private final Gateway gateway;
    private final Continuity continuity;
    private final Optional<Mishap> mishap;
    private final AtomicInteger stops = new AtomicInteger();
    private volatile Runnable reload = () -> {};

    private ServedProcess(Settings settings, Gateway gateway, Continuity continuity, Optional<Mishap> mishap) {
        this.settings = settings;
        this.gateway = gateway;
        this.continuity = continuity;
        this.mishap = mishap;
    }

    /**
     * Listens, and answers signals, when it returns.
     *
     * @throws Refusal another worker has the data directory, or production refuses what is around
     * @throws UncheckedIOException a port is taken; the message names who has it
     */
    public static ServedProcess start(
            Settings settings, String bootId, Map<String, String> environment, Custody custody) throws Refusal {
        Optional<Mishap> mishap = Mishap.of(environment);
        if (environment.containsKey(Mishap.VARIABLE) && settings.process().profile() == Profile.PRODUCTION) {
            throw new IllegalArgumentException(Mishap.VARIABLE + " (expected: not set in production)");
        }
        List<String> firstLines = new ArrayList<>();
        Optional<LiveContinuity> live =
                settings.records().enabled() ? Optional.of(openRecords(settings, bootId, custody)) : Optional.empty();
        live.ifPresent(kept -> Logs.alsoTo(line -> {
            kept.recorder().line(line);
            note(firstLines, line);
        }));
        Continuity continuity = live.<Continuity>map(kept -> kept).orElseGet(() -> NoContinuity.of(settings, bootId));
        mishap.ifPresent(wanted -> wanted.atStart(settings.process().dataDir()));
        try {
            Optional<Fault> fault = Fault.byLabel(environment.getOrDefault(Mishap.VARIABLE, ""));
            Gateway gateway = Gateway.start(settings, bootId, fault, continuity);
            ServedProcess process = new ServedProcess(settings, gateway, continuity, mishap);
            live.ifPresent(kept -> process.watch(kept, firstLines));
            live.ifPresent(kept -> mishap.filter(Mishap::isOnDemand).ifPresent(wanted -> process.await(wanted, kept)));
            process.startHealth(live);
            ProcessSignals.handle(process::onSignal, "TERM", "INT", "HUP");
            mishap.ifPresent(Mishap::whenServing);
            return process;
        } catch (UncheckedIOException taken) {
            continuity.abandon(String.valueOf(taken.getMessage()));
            throw withHolder(settings, taken);
        } catch (RuntimeException failed) {
            continuity.abandon(String.valueOf(failed));
            throw failed;
        }
    }

    /** A taken port is refused before there is a boot to keep records of. */
    private static LiveContinuity openRecords(Settings settings, String bootId, Custody custody) throws Refusal {
        try {
            return LiveContinuity.open(settings, bootId, custody, () -> {
                if (!custody.hasListener()) {
                    GatewayServer.requireFree(
                            settings.http().bindAddress(), settings.http().port());
                }
            });
        } catch (UncheckedIOException taken) {
            throw withHolder(settings, taken);
        }
    }

    /** What SIGHUP does in production. */
    public void onReload(Runnable task) {
        reload = task;
    }

    /** Who has the port, where that can be found out. */
    private static UncheckedIOException withHolder(Settings settings, UncheckedIOException taken) {
        String message = String.valueOf(taken.getMessage());
        int port = message.startsWith("http port")
                ? settings.http().port()
                : settings.grpc().port();
        return new PortHolder()
                .explain(port)
                .map(holder -> new UncheckedIOException(message + "; " + holder, taken.getCause()))
                .orElse(taken);
    }

    /** For drills only. */
    private void await(Mishap fault, LiveContinuity live) {
        LOG.warn("a drill: {} happens when the file {} appears", fault, Mishap.FILE);
        Path trigger = settings.process().dataDir().resolve(Mishap.FILE);
        live.everySecond("drill", () -> {
            if (Files.exists(trigger)) {
                String other = Files.readString(trigger).strip();
                Mishap happening = other.isEmpty() ? fault : Mishap.byLabel(other);
                Files.delete(trigger);
                Thread.ofPlatform()
                        .name("drill")
                        .start(() -> happening.happen(gateway.parts().server(), live.lastResort()));
            }
        });
    }

    private void startHealth(Optional<LiveContinuity> live) {
        if (settings.health().port() == 0) {
            return;
        }
        HealthServer health = HealthServer.start(
                settings.health().bindAddress(),
                settings.health().port(),
                gateway.parts().server(),
                settings.process().stuckLimit(),
                continuity::notes);
        LOG.info("health: listening on {}:{}", settings.health().bindAddress(), health.port());
        live.ifPresent(kept -> health.onTroubled(
                (count, slowest) -> kept.life().note(new Evidence.ProbesTroubled(Instant.now(), count, slowest))));
    }

    private void watch(LiveContinuity live, List<String> firstLines) {
        var server = gateway.parts().server();
        LoopWatch loop = new LoopWatch(
                server::lastTurnNs, settings.process().stuckLimit(), server.loopThread(), System.nanoTime());
        live.everySecond("media loop", () -> {
            // Without calls the loop has nothing to do: it is asked for a turn.
            server.loop().execute(_ -> {});
            if (loop.isStuck(System.nanoTime())) {
                LOG.error("{} {}", loop.sentence(), loop.stack());
                live.lastResort().die(Evidence.OwnReason.STUCK_LOOP, loop.sentence());
            }
        });
        Map<String, Long> told = new HashMap<>();
        live.everySecond(
                "lost records",
                () -> live.lostRecords().forEach((reason, count) -> {
                    long before = told.getOrDefault(reason, 0L);
                    if (count > before) {
                        gateway.parts().telemetry().onJournalLost(count - before, reason);
                        told.put(reason, count);
                    }
                }));
        live.onStall((kind, lengthMs) -> gateway.parts().telemetry().onStall(kind, lengthMs));
        gateway.previousBoot()
                .ifPresent(report -> live.everySecond("first lines", () -> addFirstLines(live, report, firstLines)));
    }

    /** Once there are enough of them. */
    private static void addFirstLines(LiveContinuity live, BootReport report, List<String> firstLines) {
        synchronized (firstLines) {
            boolean added = live.history()
                    .find(report.boot().bootId())
                    .filter(known -> known.linesAfter().size() >= Math.min(firstLines.size(), LINES_AFTER))
                    .isPresent();
            if (!added && !firstLines.isEmpty()) {
                live.addLinesAfter(report, List.copyOf(firstLines));
            }
        }
    }

    private static void note(List<String> firstLines, String line) {
        synchronized (firstLines) {
            if (firstLines.size() < LINES_AFTER) {
                firstLines.add(line);
            }
        }
    }

    /** On a thread of the Java machine's, a new one for each signal. */
    private void onSignal(int number) {
        if (number == SIGHUP && settings.process().profile() == Profile.PRODUCTION) {
            reload.run();
            return;
        }
        String name = number == SIGHUP ? "SIGHUP" : number == SIGINT ? "SIGINT" : "SIGTERM";
        continuity.onStopAsked(name);
        if (stops.getAndIncrement() == 0) {
            Thread.ofPlatform().name("shutdown").start(() -> stop(name));
        } else {
            LOG.warn("{} again: what is left is ended now", name);
            gateway.forceStop();
        }
    }

    /** Waits for calls as long as they are allowed; its end will not be taken for a death. */
    void end(String why) {
        gateway.drainAndStop(why);
        continuity.closeClean(why);
    }

    /** Stopping on a signal is what we were asked to do, so it ends with 0 and not with the signal's own code. */
    private void stop(String signal) {
        mishap.ifPresent(Mishap::atStop);
        end("the process was told to stop by " + signal);
        Logs.stop();
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
