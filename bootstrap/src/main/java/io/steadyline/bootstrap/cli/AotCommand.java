package io.steadyline.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command of the launcher, which never asks the program for it unless it is about its help or a mistake. */
@Command(
        name = "aot",
        description = {
            "Makes the next starts of the server faster, once after each build: a short run writes down which classes"
                    + " it loads, into a file beside the jar. About 15 s.",
            "The launcher does it, so it is there as ./steadyline aot alone, without options."
        },
        mixinStandardHelpOptions = true)
final class AotCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new UsageFailure("aot: asked of the program (expected: of the launcher, ./steadyline aot)");
    }
}
