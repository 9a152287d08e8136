package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.SetDrainResponse;
import io.steadyline.grpc.client.AdminClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a running gateway out of service, and back. */
@Command(
        name = "drain",
        description = "on: no new calls, running ones go on. off: take calls again. status: how many are left.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DrainCommand implements Callable<Integer> {

    /** What is wanted. */
    enum Wish {
        ON,
        OFF,
        STATUS
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "on|off|status", arity = "0..1", defaultValue = "STATUS", description = "Default: status.")
    @SuppressWarnings("NullAway.Init") // injected
    private Wish wish;

    @Option(names = "--reason", defaultValue = "asked by an operator", description = "For the log.")
    @SuppressWarnings("NullAway.Init") // injected
    private String reason;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Override
    public Integer call() {
        try (AdminClient client = admin.connect()) {
            switch (wish) {
                case STATUS -> {
                    GetServerInfoResponse info = client.serverInfo();
                    print(info.getDraining(), info.getLiveCalls());
                }
                case ON, OFF -> {
                    SetDrainResponse answer = client.drain(wish == Wish.ON, reason);
                    print(answer.getDraining(), answer.getLiveCalls());
                }
            }
        }
        return ExitCode.OK;
    }

    private void print(boolean draining, int liveCalls) {
        spec.commandLine().getOut().printf("drain %s, live calls: %d%n", draining ? "on" : "off", liveCalls);
    }
}
