package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.check.CheckPlan;
import io.steadyline.bootstrap.check.CheckResult;
import io.steadyline.bootstrap.check.ProductionCheck;
import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.grpc.client.AdminClient;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The production check (R19). */
@Command(
        name = "check",
        description = {
            "Places a call with continuous speech, judges every second of it, and ends in GO or NO-GO.",
            "Needs the gateway's control plane for its side of the seconds (--admin)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = "ws://127.0.0.1:${env:PORT:-5000}/twilio/media",
            description = "Media socket (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // injected
    private String url;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private CheckOptions call;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Option(
            names = "--outside-only",
            description = "Judge by what the caller sees alone; without this, no control plane means NO-GO.")
    private boolean outsideOnly;

    @Override
    public Integer call() throws InterruptedException {
        Logs.startForClient();
        PrintWriter out = spec.commandLine().getOut();
        CheckPlan plan = CheckPlan.of(mediaUri(url), call.seconds(), call.speech(), call.record())
                .signed(call.authTokenFile(), call.signedUrl());
        CheckResult result;
        if (outsideOnly) {
            result = ProductionCheck.fromOutside(plan, out);
        } else {
            try (AdminClient client = admin.connect()) {
                result = ProductionCheck.with(client, plan, out);
            }
        }
        out.print(result.report());
        out.println(result.lastLine());
        out.flush();
        return result.isGo() ? ExitCode.OK : ExitCode.NO_GO;
    }

    /** Accepts http:// and a bare host as well: people copy what they have. */
    static URI mediaUri(String given) {
        String url = given.contains("://") ? given : "ws://" + given;
        if (url.startsWith("http://")) {
            url = "ws" + url.substring("http".length());
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageFailure("URL: '" + given + "' (expected: ws://host:port/twilio/media)", unreadable);
        }
        boolean bare = uri.getPath() == null
                || uri.getPath().isEmpty()
                || uri.getPath().equals("/");
        return bare ? uri.resolve("/twilio/media") : uri;
    }
}
