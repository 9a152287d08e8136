package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.grpc.client.AdminClient;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows calls live. */
@Command(
        name = "watch",
        description = "Prints a line a call and second, as it happens; of all calls, or of one until it ends.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WatchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Call or stream id; default: all calls.")
    private @Nullable String id;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (AdminClient client = admin.connect()) {
            client.watch(Optional.ofNullable(id), message -> print(out, message));
        }
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, WatchSessionsResponse message) {
        switch (message.getEventCase()) {
            case SNAPSHOT ->
                message.getSnapshot()
                        .getSessionsList()
                        .forEach(session ->
                                out.printf("%s  %s%n", session.getCallId(), Lines.label(session.getState())));
            case SECOND -> {
                SecondRecord second = message.getSecond();
                out.printf(
                        "%s %4d  %s  %s%n", second.getCallId(), second.getSecond(), Lines.rx(second), Lines.tx(second));
            }
            case EVENT_NOT_SET -> out.println("(a message that this version does not know)");
        }
        out.flush();
    }
}
