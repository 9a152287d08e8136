package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the gateway depends on hangs, breaks or is not there: recogniser and telemetry backend. */
final class Vendors {

    private static final int SIGTERM = 15;
    private static final String EXPORT_FAILURES = "steadyline_telemetry_export_failures_total";
    private static final String DROPS = "steadyline_queue_drops_total";

    private Vendors() {}

    /** It takes no audio any more. */
    static DrillResult recogniserHangs(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of(Mishap.VARIABLE, "stt-hang")).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            double drops = gateway.await("caller audio given up", DrillGateway.PATIENCE, () -> {
                double count = Page.metric(context, DROPS, "queue=\"rx\"", "reason=\"overflow\"");
                return count > 0 ? Optional.of(count) : Optional.empty();
            });
            int unhealthy = calls.unhealthy();
            require(unhealthy == context.few(), "unhealthy: " + unhealthy + " of " + context.few());
            String sum = calls.unharmed();
            return new DrillResult(
                    "audio waits in `rx`, 8 s in all, then the oldest is dropped and counted in `" + DROPS + "` ("
                            + (long) drops
                            + " frames so far); each verdict is unhealthy; there is no second recogniser to"
                            + " go to",
                    "what the recogniser does not hear; no call: " + sum);
        }
    }

    /** It says a megabyte of garbage, and then its session is gone. */
    static DrillResult recogniserBreaks(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of(Mishap.VARIABLE, "stt-breaks")).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            String failed = gateway.awaitLine("STT failed", 0);
            KeptCalls.pause(Duration.ofSeconds(2));
            String sum = calls.unharmed();
            long forged = gateway.lines().stream()
                    .filter(line -> line.startsWith("ERROR forged") || line.indexOf('\u001b') >= 0)
                    .count();
            require(forged == 0, forged + " lines that the recogniser wrote into the log (expected: 0)");
            return new DrillResult(
                    "`" + failed.substring(failed.indexOf("STT failed"))
                            + "`; the garbage does no harm; the session is not opened again",
                    "what would have been recognised; no call: " + sum);
        }
    }

    /** First it takes connections and answers nothing, then nobody listens. */
    static DrillResult telemetryHangs(DrillContext context) throws Exception {
        ServerSocket blackhole = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        try (blackhole;
                Simulator simulator = Simulator.start()) {
            DrillGateway gateway = context.start(
                            false,
                            Map.of(
                                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                                    "http://127.0.0.1:" + blackhole.getLocalPort(),
                                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                                    "1000",
                                    "OTEL_BSP_SCHEDULE_DELAY",
                                    "500",
                                    "OTEL_METRIC_EXPORT_INTERVAL",
                                    "1000"))
                    .awaitReady();
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            double hung = awaitFailures(context, gateway, 0);
            blackhole.close();
            double down = awaitFailures(context, gateway, hung + 1);
            String sum = calls.unharmed();
            long beganNs = System.nanoTime();
            gateway.signal(gateway.pid(), SIGTERM);
            int exit = gateway.awaitExit(Duration.ofSeconds(10));
            require(exit == 0, "exit " + exit + " (expected: 0)");
            return new DrillResult(
                    "`" + EXPORT_FAILURES + "` rises (" + (long) hung + ", then " + (long) down
                            + "); the process still stops in " + (System.nanoTime() - beganNs) / 1_000_000 + " ms",
                    "telemetry; no call: " + sum);
        }
    }

    private static double awaitFailures(DrillContext context, DrillGateway gateway, double beyond)
            throws DrillFailure, IOException {
        return gateway.await("failed exports", DrillGateway.PATIENCE, () -> {
            double count = Page.metric(context, EXPORT_FAILURES);
            return count > beyond ? Optional.of(count) : Optional.empty();
        });
    }
}
