package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.Gateway;
import io.steadyline.bootstrap.Rehearsal;
import io.steadyline.bootstrap.ServedProcess;
import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.SettingsInput;
import io.steadyline.bootstrap.continuity.Refusal;
import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.journal.custody.Custody;
import io.steadyline.posix.Preload;
import io.steadyline.posix.Threads;
import io.steadyline.websocket.server.GatewayServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the gateway until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Runs the gateway: one process, one worker.",
            "SIGTERM or SIGINT: no new calls, running ones finish within the grace, then exit code 0; a second one ends"
                    + " them at once.",
            "SIGHUP: reads the log level again (in development: stops)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    /**
     * A third of a core that the start and calls want too: what it makes is wanted soon, but not before them
     * (docs/performance.md, "What was tried").
     */
    private static final int FIRST_STAGE_NICE = 3;
    /** A tenth. */
    private static final int SECOND_STAGE_NICE = 10;
    /** So the media loop seldom waits for the end of the compiler's slice, or for the kernel's tick (ADR 0026). */
    private static final long LOOP_SLICE_NS = Threads.MIN_SLICE_NS;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private SettingsOptions options;

    @Option(
            names = "--keep-calls",
            description = {
                "A small parent process holds the sockets, so that calls outlive the worker: a crash, a kill or an"
                    + " upgrade costs half a second of silence and no call. Needs TLS to end in front of the gateway.",
                "Done by the launcher, ./steadyline."
            })
    private boolean keepCalls;

    @Override
    public Integer call() {
        return serve(options.file(), keepCalls);
    }

    static int serve(Optional<Path> config, boolean keepCalls) {
        if (keepCalls && System.getenv("STEADYLINE_KEEPER_FD") == null) {
            System.err.println(
                    "--keep-calls: the keeper is started by the launcher; run ./steadyline serve --keep-calls");
            return ExitCode.REFUSED;
        }
        Thread.ofPlatform().name("link").daemon().start(ServeCommand::link);
        return switch (load(config)) {
            case LoadOutcome.Refused refused -> refuse(refused);
            case LoadOutcome.Loaded loaded when Custody.isStandby(System.getenv()) -> standBy(loaded, config);
            case LoadOutcome.Loaded loaded -> {
                String bootId = startLog(loaded);
                // Beside the locks and records: calls of the worker before may be waiting.
                Thread.ofPlatform().name("preload").daemon().start(GatewayServer::preload);
                yield serve(loaded, config, bootId, Custody.connect(System.getenv()));
            }
        };
    }

    /** Beside the settings and the log. The compiler has much to do at a start; calls go before it. */
    static void link() {
        try {
            Threads.giveWay("C1 CompilerThre", FIRST_STAGE_NICE);
            Threads.giveWay("C2 CompilerThre", SECOND_STAGE_NICE);
        } catch (IOException | UncheckedIOException | LinkageError | IllegalCallerException unwilling) {
            LoggerFactory.getLogger(ServeCommand.class)
                    .debug("the compiler does not give way to calls; the first seconds may be late", unwilling);
        }
        if (!Custody.mayHaveHolder(System.getenv())) {
            return;
        }
        try {
            Preload.run();
        } catch (LinkageError | IllegalCallerException absent) {
            LoggerFactory.getLogger(ServeCommand.class)
                    .debug("functions of the kernel cannot be linked; who needs them says so", absent);
        }
    }

    /** Warm, and without anything of the worker that serves, until the keeper calls; then with the settings of then. */
    private static int standBy(LoadOutcome.Loaded early, Optional<Path> config) {
        Rehearsal.runSilently(early.settings().process().dataDir().resolve("rehearsal"));
        Custody custody = Custody.standBy(System.getenv());
        if (!custody.hasKeeper()) {
            System.err.println("a worker that was to wait ends: " + custody.sentence());
            Logs.stop();
            return ExitCode.NO_GO;
        }
        return switch (load(config)) {
            case LoadOutcome.Refused refused -> refuse(refused);
            case LoadOutcome.Loaded loaded -> serve(loaded, config, startLog(loaded), custody);
        };
    }

    /** Returns the boot id, which is in each line from now on. */
    private static String startLog(LoadOutcome.Loaded loaded) {
        String bootId = Gateway.newBootId();
        Logs.startForServer(bootId, loaded.settings().log().level().name().toLowerCase(Locale.ROOT));
        return bootId;
    }

    private static int refuse(LoadOutcome.Refused refused) {
        System.err.println(refused.message());
        return ExitCode.REFUSED;
    }

    private static LoadOutcome load(Optional<Path> config) {
        return Settings.load(SettingsInput.of(config, System.getenv()));
    }

    private static int serve(LoadOutcome.Loaded loaded, Optional<Path> config, String bootId, Custody custody) {
        Logger log = LoggerFactory.getLogger(ServeCommand.class);
        loaded.notices().forEach(log::warn);
        try {
            ServedProcess process = ServedProcess.start(loaded.settings(), bootId, System.getenv(), custody);
            process.onReload(() -> reload(config, log));
        } catch (Refusal | UncheckedIOException | IllegalArgumentException refused) {
            log.error("cannot start: {}", refused.getMessage());
            Logs.stop();
            return ExitCode.REFUSED;
        }
        shortenSlices(log);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private static void shortenSlices(Logger log) {
        try {
            if (Threads.runInSlices(GatewayServer.LOOP_THREAD_PREFIX, LOOP_SLICE_NS) == 0) {
                log.debug("the media loop has no slice of its own (expected: Linux 6.12 or later)");
            }
        } catch (IOException | UncheckedIOException | LinkageError | IllegalCallerException unwilling) {
            log.debug("the media loop may wait for other threads, up to a tick of the kernel", unwilling);
        }
    }

    /** What can be changed while calls run; everything else waits for the next start. */
    private static void reload(Optional<Path> config, Logger log) {
        switch (load(config)) {
            case LoadOutcome.Refused refused -> log.error("settings not read again: {}", refused.message());
            case LoadOutcome.Loaded loaded -> {
                String level = loaded.settings().log().level().name().toLowerCase(Locale.ROOT);
                Logs.level(level);
                log.info(
                        "settings read again: log.level is {}; every other setting applies from the next start", level);
            }
        }
    }
}
