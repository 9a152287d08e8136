package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.Gateway;
import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.logging.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the gateway until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Runs the gateway: one process, one worker.",
            "SIGTERM: no new calls, running ones finish within the grace, then exit code 0."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private SettingsOptions options;

    @Override
    public Integer call() throws InterruptedException {
        return switch (options.load()) {
            case LoadOutcome.Refused refused -> {
                System.err.println(refused.message());
                yield ExitCode.REFUSED;
            }
            case LoadOutcome.Loaded loaded -> serve(loaded);
        };
    }

    private static int serve(LoadOutcome.Loaded loaded) throws InterruptedException {
        String bootId = Gateway.newBootId();
        Logs.startForServer(bootId, loaded.settings().log().level().name().toLowerCase(Locale.ROOT));
        Logger log = LoggerFactory.getLogger(ServeCommand.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> log.error("uncaught in thread {}", thread.getName(), failure));
        loaded.notices().forEach(log::warn);
        createDataDir(loaded.settings().process().dataDir(), log);
        Gateway gateway;
        try {
            gateway = Gateway.start(loaded.settings(), bootId, Optional.empty());
        } catch (UncheckedIOException | IllegalArgumentException refused) {
            log.error("cannot start: {}", refused.getMessage());
            Logs.stop();
            return ExitCode.REFUSED;
        }
        CountDownLatch forEver = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "shutdown"));
        forEver.await();
        return ExitCode.OK;
    }

    /** Crash reports go there. Without it calls run all the same. */
    private static void createDataDir(Path dataDir, Logger log) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException unwritable) {
            log.warn("data directory {} cannot be created: {}", dataDir, unwritable.getMessage());
        }
    }

    /** Stopping on a signal is what we were asked to do, so it ends with 0 and not with the signal's own code. */
    private static void stop(Gateway gateway) {
        gateway.drainAndStop("the process was told to stop");
        Logs.stop();
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
