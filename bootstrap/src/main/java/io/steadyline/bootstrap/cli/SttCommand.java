package io.steadyline.bootstrap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recognisers: which there are, and how one does. */
@Command(
        name = "stt",
        description = "Lists the vendors of speech recognition, and tries one with a recording.",
        subcommands = {SttListCommand.class, SttTryCommand.class},
        mixinStandardHelpOptions = true)
final class SttCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: list, try");
    }
}
