package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.CallAge;
import io.steadyline.admin.v1.Drain;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.SetDrainResponse;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.signal.Printable;
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
        description = "on: no new calls, running ones go on. off: take calls again. status: which are left.",
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
                    spec.commandLine().getOut().print(details(info));
                }
                case ON, OFF -> {
                    SetDrainResponse answer = client.drain(wish == Wish.ON, reason);
                    print(answer.getDraining(), answer.getLiveCalls());
                }
            }
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    /** Since when and why, and the calls that it waits for. */
    private static String details(GetServerInfoResponse info) {
        StringBuilder text = new StringBuilder();
        if (info.hasDrain()) {
            Drain drain = info.getDrain();
            text.append(String.format(
                    "  since %s: %s%n", Lines.time(drain.getSince()), Printable.of(drain.getReason(), 200)));
            if (drain.hasDeadline()) {
                text.append(String.format(
                        "  the process stops; calls that are left are ended at %s%n", Lines.time(drain.getDeadline())));
            }
        }
        text.append(String.format("  calls outlive the process: %s%n", Printable.of(info.getCallsSurvive(), 200)));
        for (CallAge call : info.getCallsList()) {
            text.append(String.format(
                    "  %-36s %6d s%n",
                    Printable.of(call.getCallId()), call.getAge().getSeconds()));
        }
        int more = info.getLiveCalls() - info.getCallsCount();
        return more > 0
                ? text.append(String.format("  and %d more, younger%n", more)).toString()
                : text.toString();
    }

    private void print(boolean draining, int liveCalls) {
        spec.commandLine().getOut().printf("drain %s, live calls: %d%n", draining ? "on" : "off", liveCalls);
    }
}
