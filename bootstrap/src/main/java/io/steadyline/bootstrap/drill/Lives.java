package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.CheckFinding;
import io.steadyline.admin.v1.Side;
import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Freeze;
import io.steadyline.simulator.HangUp;
import io.steadyline.simulator.LiveCall;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Faults that the process lives through. */
final class Lives {

    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;

    private Lives() {}

    static DrillResult uncaught(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of(Mishap.VARIABLE, "uncaught")).awaitReady();
        Files.createFile(context.setUp().dataDir().resolve(Mishap.FILE));
        String line = gateway.awaitLine("uncaught in thread", 0);
        require(gateway.isAlive(), "the process ended (expected: it lives)");
        return new DrillResult(
                line.substring(line.indexOf("uncaught"), Math.min(line.length(), line.indexOf("uncaught") + 120)),
                "nothing");
    }

    static DrillResult burst(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            CallReport report = simulator
                    .place(CallPlan.to(context.setUp().media())
                            .echoProbe(true)
                            .duration(Duration.ofSeconds(10))
                            .freeze(Freeze.Side.SENDING, Duration.ofSeconds(2), Duration.ofSeconds(2))
                            .drainFor(Duration.ofSeconds(4))
                            .build())
                    .join();
            CallReport.Echo echo = Objects.requireNonNull(report.echo());
            require(report.wasCompleted(), "the call ended: " + report.ending());
            require(
                    echo.lost() == 0 && echo.reordered() == 0,
                    "lost " + echo.lost() + ", reordered " + echo.reordered());
            CheckFinding finding =
                    gateway.admin(client -> client.check(report.plan().callSid())).getFindingsList().stream()
                            .filter(found ->
                                    found.getSide() == Side.SIDE_NETWORK || found.getSide() == Side.SIDE_PROVIDER)
                            .findFirst()
                            .orElseThrow(() -> new DrillFailure("no finding against network or provider"));
            return new DrillResult(
                    "second " + finding.getSecond() + " is unhealthy, by the "
                            + finding.getSide().name().substring("SIDE_".length()) + ": " + finding.getText(),
                    "nothing: " + echo.returned() + " of " + echo.sent() + " frames answered in order");
        }
    }

    static DrillResult vanished(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of("STEADYLINE_LIMITS_LINGER", "1 s")).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            simulator
                    .place(CallPlan.to(context.setUp().media())
                            .duration(Duration.ofSeconds(2))
                            .hangUp(HangUp.RESET)
                            .build())
                    .join();
            String line = gateway.awaitLine("call ended by PEER", 0);
            return new DrillResult(
                    line.substring(line.indexOf("call ended")), "the call, when the provider does not bring it back");
        }
    }

    static DrillResult twoStreams(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            LiveCall first = simulator.dial(CallPlan.to(context.setUp().media())
                    .duration(Duration.ofSeconds(6))
                    .build());
            KeptCalls.pause(Duration.ofSeconds(2));
            CallReport second = simulator
                    .place(first.plan()
                            .anotherStream()
                            .duration(Duration.ofSeconds(2))
                            .build())
                    .join();
            CallReport old = first.report().join();
            String line = gateway.awaitLine("call is back on stream", 0);
            require(second.wasCompleted(), "the newer stream ended: " + second.ending());
            require(old.ending().closeCode().orElse(0) == 1008, "the older stream: " + old.ending());
            return new DrillResult(
                    line.substring(line.indexOf("call is back")) + "; the older stream is closed with 1008", "nothing");
        }
    }

    static DrillResult probeInAStall(DrillContext context) throws Exception {
        int port =
                context.setUp().httpPort() == 65_535 ? 65_534 : context.setUp().httpPort() + 1;
        DrillGateway gateway = context.start(
                        false,
                        Map.of(
                                "STEADYLINE_HEALTH_PORT",
                                String.valueOf(port),
                                "STEADYLINE_HEALTH_BIND_ADDRESS",
                                "127.0.0.1"))
                .awaitReady();
        gateway.awaitLine("health: listening", 0);
        require(status(port) == 200, "liveness before: not 200");
        gateway.signal(gateway.pid(), SIGSTOP);
        KeptCalls.pause(Duration.ofSeconds(2));
        gateway.signal(gateway.pid(), SIGCONT);
        int after = status(port);
        require(after == 200, "liveness after 2 s of standing still: " + after + " (expected: 200)");
        return new DrillResult("`/livez` says 200 as soon as the process runs again", "2 s of silence");
    }

    private static int status(int port) throws IOException {
        HttpURLConnection probe = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/livez").toURL().openConnection();
        probe.setConnectTimeout(5_000);
        probe.setReadTimeout(5_000);
        return probe.getResponseCode();
    }
}
