package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.bot.BotOptions;
import io.steadyline.bootstrap.bot.GrpcBot;
import io.steadyline.bootstrap.bot.TwilioBot;
import io.steadyline.keeper.ProcessSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A bot to try a gateway with. */
@Command(
        name = "bot",
        description = {
            "A bot in a process of its own, to try the gateway with: echo sends the caller's audio back, talk says one"
                    + " sentence of tones after the other.",
            "With --door grpc it registers at a gateway that runs with agent.kind grpc; with --door twilio it listens"
                    + " as a bot for Twilio does, for a gateway with agent.kind twilio and agent.url"
                    + " ws://HOST:PORT/media.",
            "Ends with the signal TERM or INT; over gRPC when its calls have ended."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BotCommand implements Callable<Integer> {

    /** What it does. */
    enum Kind {
        ECHO,
        TALK
    }

    /** How calls come to it. */
    enum Door {
        GRPC,
        TWILIO
    }

    private static final int MAX_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "echo|talk", arity = "0..1", defaultValue = "ECHO", description = "Default: echo.")
    @SuppressWarnings("NullAway.Init") // injected
    private Kind kind;

    @Option(names = "--door", paramLabel = "grpc|twilio", defaultValue = "GRPC", description = "Default: grpc.")
    @SuppressWarnings("NullAway.Init") // injected
    private Door door;

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:5001",
            description = "With grpc: the gateway's gRPC port. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // injected
    private String gateway;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7000",
            description = "With twilio: where it listens. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // injected
    private String listen;

    @Option(names = "--name", defaultValue = "steadyline-bot", description = "Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // injected
    private String name;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description =
                    "With talk: what it was told goes there, line by line, and a process that is started again goes"
                            + " on from it. Default: a temporary file.")
    private @Nullable Path ledger;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "With grpc: how long it waits for its calls at the end. Default: ${DEFAULT-VALUE}.")
    private int graceSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BotOptions options = new BotOptions(
                name,
                kind == Kind.ECHO,
                kind == Kind.ECHO ? Optional.empty() : Optional.of(ledgerFile()),
                Optional.ofNullable(System.getenv("STEADYLINE_GRPC_BEARER_TOKEN")));
        CountDownLatch end = new CountDownLatch(1);
        ProcessSignals.handle(_ -> end.countDown(), "TERM", "INT");
        switch (door) {
            case GRPC -> {
                try (GrpcBot bot = GrpcBot.start(hostOf(gateway), portOf("--gateway", gateway), options)) {
                    end.await();
                    bot.leave(Duration.ofSeconds(graceSeconds));
                }
            }
            case TWILIO -> {
                try (TwilioBot bot = TwilioBot.start(hostOf(listen), portOf("--listen", listen), options)) {
                    spec.commandLine().getOut().printf("listening at ws://%s:%d/media%n", hostOf(listen), bot.port());
                    spec.commandLine().getOut().flush();
                    end.await();
                }
            }
        }
        return ExitCode.OK;
    }

    private Path ledgerFile() throws IOException {
        return ledger != null ? ledger : Files.createTempFile("steadyline-bot", ".ledger");
    }

    private static String hostOf(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static int portOf(String option, String address) {
        try {
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // Said below, with all that is wrong.
        }
        throw new UsageFailure(option + ": '" + address + "' (expected: HOST:PORT)");
    }
}
