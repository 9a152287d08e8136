package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.Rehearsal;
import io.steadyline.bootstrap.logging.Logs;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** One short run of everything that a server does at its start, for the ahead-of-time cache. */
@Command(
        name = "train",
        description = "A short run that the launcher makes the ahead-of-time cache from (./steadyline aot).",
        hidden = true,
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Logs.startForServer("train", "info");
        ServeCommand.link();
        Rehearsal.run(Files.createTempDirectory("steadyline-train"));
        Rehearsal.runAlone(Files.createTempDirectory("steadyline-train"));
        return ExitCode.OK;
    }
}
