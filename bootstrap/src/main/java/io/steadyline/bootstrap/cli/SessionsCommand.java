package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.ListSessionsResponse;
import io.steadyline.admin.v1.QueueCounters;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Session;
import io.steadyline.grpc.client.AdminClient;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists calls; shows or ends one. */
@Command(
        name = "sessions",
        description = "Lists the calls of a running gateway; 'show ID' and 'end ID' for one of them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SessionsCommand implements Callable<Integer> {

    private static final String ROW = "%-36s %-10s %-9s %6s  %-10s %-10s %s%n";

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Option(names = "--unhealthy", description = "Only calls that are not healthy.")
    private boolean unhealthy;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (AdminClient client = admin.connect()) {
            out.printf(ROW, "CALL", "STATE", "DIALECT", "AGE s", "AGENT", "STT", "VERDICT");
            String page = "";
            int shown = 0;
            int total;
            do {
                ListSessionsResponse answer = client.list(ListSessionsRequest.newBuilder()
                        .setUnhealthyOnly(unhealthy)
                        .setPageSize(500)
                        .setPageToken(page)
                        .build());
                answer.getSessionsList().forEach(session -> print(out, session));
                shown += answer.getSessionsCount();
                total = answer.getTotal();
                page = answer.getNextPageToken();
            } while (!page.isEmpty());
            out.printf("%d of %d calls%n", shown, total);
        }
        out.flush();
        return ExitCode.OK;
    }

    @Command(name = "show", description = "One call with its queues and seconds.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "Call or stream id.") String id, @Mixin AdminOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (AdminClient client = options.orElse(admin).connect()) {
            GetSessionResponse answer = client.get(id);
            print(out, answer.getSession());
            answer.getQueuesList().forEach(queue -> print(out, queue));
            for (SecondRecord second : answer.getSecondsList()) {
                out.printf("%4d  %s%n", second.getSecond(), Lines.rx(second));
                out.printf("      %s%n", Lines.tx(second));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    @Command(name = "end", description = "Ends one call.", mixinStandardHelpOptions = true)
    int end(
            @Parameters(paramLabel = "ID", description = "Call or stream id.") String id,
            @Option(names = "--reason", defaultValue = "ended by an operator", description = "For the log.")
                    String reason,
            @Mixin AdminOptions options) {
        try (AdminClient client = options.orElse(admin).connect()) {
            spec.commandLine()
                    .getOut()
                    .printf("call %s is asked to end%n", client.end(id, reason).getCallId());
        }
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, Session session) {
        String verdict = session.getVerdict().getHealthy()
                ? "healthy"
                : session.getVerdict().getReason();
        out.printf(
                ROW,
                session.getCallId(),
                Lines.label(session.getState()),
                session.getDialect(),
                String.format(Locale.ROOT, "%d", session.getAge().getSeconds()),
                session.getAgent(),
                session.getRecogniser(),
                verdict);
    }

    private static void print(PrintWriter out, QueueCounters queue) {
        out.printf(
                "  %-4s in %d  out %d  dropped %d (overflow %d, cleared %d, at the end %d)  refused %d  depth %d"
                        + "  deepest %d%n",
                Lines.label(queue.getQueue()),
                queue.getIn(),
                queue.getOut(),
                queue.getDropped().getOverflow()
                        + queue.getDropped().getCleared()
                        + queue.getDropped().getClosed(),
                queue.getDropped().getOverflow(),
                queue.getDropped().getCleared(),
                queue.getDropped().getClosed(),
                queue.getRefused(),
                queue.getDepth(),
                queue.getMaxDepth());
    }
}
