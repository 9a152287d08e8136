package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.Version;
import io.steadyline.grpc.client.AdminFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./steadyline}. */
@Command(
        name = "steadyline",
        description = "Keeps phone calls alive between a telephony provider's media stream and the bot behind it.",
        mixinStandardHelpOptions = true,
        versionProvider = SteadylineCommand.VersionLine.class,
        sortOptions = false,
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            CallCommand.class,
            LoadCommand.class,
            SessionsCommand.class,
            WatchCommand.class,
            DrainCommand.class,
            RestartsCommand.class,
            UpgradeCommand.class,
            ConfigCommand.class,
            SttCommand.class,
            AgentsCommand.class,
            BotCommand.class,
            FaultCommand.class,
            AotCommand.class,
            TrainCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Exit codes: 0 good or GO, 1 NO-GO or failed, 2 usage, 78 refused configuration or taken port."})
public final class SteadylineCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    /** For {@code --version}. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"steadyline " + Version.current(), "java " + Runtime.version()};
        }
    }

    /** Runs the command line and returns its exit code. */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new SteadylineCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(SteadylineCommand::explain);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing");
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        PrintWriter err = command.getErr();
        switch (failure) {
            case AdminFailure refused -> err.println(refused.getMessage());
            case UsageFailure unusable -> {
                err.println(unusable.getMessage());
                return ExitCode.USAGE;
            }
            case CommandFailure expected -> err.println(expected.getMessage());
            // Both carry a sentence for the user: a file, an address or a value that is no use.
            case UncheckedIOException unusable -> err.println(unusable.getMessage());
            case IllegalArgumentException unusable -> {
                err.println(unusable.getMessage());
                return ExitCode.USAGE;
            }
            default -> throw failure;
        }
        return ExitCode.NO_GO;
    }
}
