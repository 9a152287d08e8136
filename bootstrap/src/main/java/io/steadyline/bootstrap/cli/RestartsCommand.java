package io.steadyline.bootstrap.cli;

import com.google.protobuf.Message;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.admin.v1.ListBootsResponse;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.restart.Cause;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why the gateway was started anew, and what became of the calls. */
@Command(
        name = "restarts",
        description = {
            "Lists the boots of a running gateway, newest first: why each ended, and what became of its calls.",
            "With a boot's number or id: what says so, each call, and the log around the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RestartsCommand implements Callable<Integer> {

    private static final int MAX_LAST = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(
            paramLabel = "N|ID",
            arity = "0..1",
            description = "A boot's number or id, or 'current'; default: list.")
    private @Nullable String id;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many ended boots at most, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int last;

    @Option(names = "--cause", description = "Only boots that ended for this; repeatable: ${COMPLETION-CANDIDATES}.")
    private List<Cause> causes = List.of();

    @Option(
            names = "--json",
            description = "For scripts: names as in admin.proto, times in ISO 8601, durations in seconds.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Override
    public Integer call() {
        if (last < 1 || last > MAX_LAST) {
            throw new UsageFailure("--last: " + last + " (expected: 1 to " + MAX_LAST + ")");
        }
        try (AdminClient client = admin.connect()) {
            if (id == null) {
                ListBootsResponse boots = client.boots(request());
                print(boots, BootText.of(boots));
            } else {
                GetBootResponse boot = client.boot(id);
                print(boot, BootText.of(boot));
            }
        }
        return ExitCode.OK;
    }

    private ListBootsRequest request() {
        ListBootsRequest.Builder request = ListBootsRequest.newBuilder().setPageSize(last);
        causes.forEach(cause -> request.addCauses(BootEndCause.valueOf("BOOT_END_CAUSE_" + cause.name())));
        return request.build();
    }

    private void print(Message answer, String text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(MessageJson.of(answer));
        } else {
            out.print(text);
        }
        out.flush();
    }
}
