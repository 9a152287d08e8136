package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.SettingsReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at the configuration without starting anything. */
@Command(
        name = "config",
        description = "Checks the configuration and shows what applies, and why.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: check");
    }

    @Command(
            name = "check",
            description = "Lists every setting with its value and origin, or every error at once (exit code 78).",
            mixinStandardHelpOptions = true)
    int check(@Mixin SettingsOptions options) {
        return switch (options.load()) {
            case LoadOutcome.Refused refused -> {
                spec.commandLine().getErr().println(refused.message());
                yield ExitCode.REFUSED;
            }
            case LoadOutcome.Loaded loaded -> {
                spec.commandLine().getOut().print(SettingsReport.of(loaded));
                spec.commandLine().getOut().println("Configuration is good.");
                spec.commandLine().getOut().flush();
                yield ExitCode.OK;
            }
        };
    }
}
