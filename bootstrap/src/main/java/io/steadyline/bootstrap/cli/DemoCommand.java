package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.Gateway;
import io.steadyline.bootstrap.check.CheckPlan;
import io.steadyline.bootstrap.check.CheckResult;
import io.steadyline.bootstrap.check.ProductionCheck;
import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.SettingsInput;
import io.steadyline.bootstrap.fault.Fault;
import io.steadyline.bootstrap.fault.LoopStall;
import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminTarget;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gateway and caller in one go: the first ten minutes. */
@Command(
        name = "demo",
        description = {
            "Starts the gateway on this machine, places a call to it, and judges the call.",
            "Without --once the gateway goes on running, to be looked at."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Option(names = "--once", description = "Stop after the call.")
    private boolean once;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "Let something go wrong on purpose: stt-stall (the recogniser refuses for 3 s) or"
                    + " pacer-stall (the media loop stands still for 500 ms).")
    private @Nullable String faultName;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private CheckOptions call;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Fault> fault = fault();
        // What cannot be used is said before a gateway is started for it.
        int seconds = call.seconds();
        LoadOutcome outcome = Settings.load(new SettingsInput(
                Optional.empty(),
                demoEnvironment(System.getenv()),
                SettingsInput.of(Optional.empty(), Map.of()).files()));
        return switch (outcome) {
            case LoadOutcome.Refused refused -> {
                spec.commandLine().getErr().println(refused.message());
                yield ExitCode.REFUSED;
            }
            case LoadOutcome.Loaded loaded -> run(loaded.settings(), fault, seconds, out);
        };
    }

    private int run(Settings settings, Optional<Fault> fault, int seconds, PrintWriter out)
            throws InterruptedException {
        String bootId = Gateway.newBootId();
        Logs.startForServer(bootId, "info");
        fault.ifPresent(wanted -> out.println("Fault on purpose: " + wanted.what() + "."));
        out.flush();
        CheckResult result;
        List<String> next;
        try (Gateway gateway = Gateway.start(settings, bootId, fault)) {
            result = check(gateway, fault, seconds, out);
            next = nextSteps(gateway, fault);
            if (!once) {
                print(result, fault, next, out);
                new CountDownLatch(1).await();
            }
        }
        // The log is written by another thread: it ends before the report begins.
        Logs.stop();
        print(result, fault, next, out);
        return result.isGo() ? ExitCode.OK : ExitCode.NO_GO;
    }

    /** The verdict is the last line, for people and for scripts. */
    private static void print(CheckResult result, Optional<Fault> fault, List<String> next, PrintWriter out) {
        out.print(result.report());
        out.println();
        result.explain(fault).forEach(out::println);
        out.println();
        next.forEach(out::println);
        out.println();
        out.println(result.lastLine());
        out.flush();
    }

    private CheckResult check(Gateway gateway, Optional<Fault> fault, int seconds, PrintWriter out)
            throws InterruptedException {
        URI media = URI.create("ws://127.0.0.1:" + gateway.httpPort() + "/twilio/media");
        CheckPlan plan = CheckPlan.of(media, seconds, call.speech(), call.record());
        try (AdminClient client = AdminClient.of(AdminTarget.plaintext("127.0.0.1", gateway.grpcPort()));
                LoopStall stall = new LoopStall(gateway.parts().server().loop())) {
            if (fault.filter(wanted -> wanted == Fault.PACER_STALL).isPresent()) {
                stall.schedule(Duration.ofSeconds(3), Duration.ofMillis(500));
            }
            return ProductionCheck.with(client, plan, out);
        }
    }

    private List<String> nextSteps(Gateway gateway, Optional<Fault> fault) {
        if (once && fault.isPresent()) {
            return List.of(
                    "Next: ./steadyline demo --once     the same call, and nothing goes wrong",
                    "      ./steadyline serve           the gateway itself; README.md has the way to a real number");
        }
        if (once) {
            return List.of(
                    "Next: ./steadyline demo            the same, and the gateway stays up to be looked at",
                    "      ./steadyline demo --once --fault stt-stall     a recogniser that hangs",
                    "      ./steadyline serve           the gateway itself; README.md has the way to a real number");
        }
        String admin = "127.0.0.1:" + gateway.grpcPort();
        return List.of(
                "The gateway is up; Ctrl-C stops it. In another terminal:",
                "  ./steadyline check ws://127.0.0.1:" + gateway.httpPort() + "/twilio/media --admin " + admin,
                "  ./steadyline call ws://127.0.0.1:" + gateway.httpPort() + "/twilio/media --seconds 60",
                "  ./steadyline watch --admin " + admin,
                "  ./steadyline sessions --admin " + admin,
                "  curl http://127.0.0.1:" + gateway.httpPort() + "/metrics");
    }

    private Optional<Fault> fault() {
        if (faultName == null) {
            return Optional.empty();
        }
        Optional<Fault> known = Fault.byLabel(faultName).filter(Fault.ofDemo()::contains);
        if (known.isEmpty()) {
            String names = Fault.ofDemo().stream().map(Fault::label).collect(Collectors.joining(", "));
            throw new ParameterException(spec.commandLine(), "--fault: '" + faultName + "' (expected: " + names + ")");
        }
        return known;
    }

    /** Its own free ports on loopback, so that a demo never meets a gateway that runs already; other settings apply. */
    private static Map<String, String> demoEnvironment(Map<String, String> environment) {
        Map<String, String> demo = new HashMap<>(environment);
        demo.keySet()
                .removeIf(name -> name.startsWith("TWILIO_")
                        || name.startsWith("STEADYLINE_TWILIO")
                        || name.startsWith("STEADYLINE_GRPC"));
        demo.put("PORT", "0");
        demo.put("STEADYLINE_GRPC_PORT", "0");
        demo.put("STEADYLINE_HTTP_BIND_ADDRESS", "127.0.0.1");
        demo.put("STEADYLINE_ENVIRONMENT", "development");
        return demo;
    }
}
