package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The process stands still for a while, for reasons that have to be told apart. */
final class Freezes {

    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;
    private static final Duration LENGTH = Duration.ofSeconds(2);
    /** Of 100 ms. */
    private static final long FIVE_PER_CENT_US = 5_000;

    private Freezes() {}

    /** Something that takes the processor away, or gives it back. */
    private interface Switch {
        void flip() throws DrillFailure, DrillNotRun, IOException;
    }

    static DrillResult stopped(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        return standStill(
                context,
                gateway,
                () -> gateway.signal(gateway.pid(), SIGSTOP),
                () -> gateway.signal(gateway.pid(), SIGCONT),
                "stopped from outside");
    }

    static DrillResult frozen(DrillContext context) throws Exception {
        try (LimitedGroup group = LimitedGroup.freezer();
                DrillGateway gateway =
                        context.start(false, Map.of(), group.wrapper()).awaitReady()) {
            return standStill(
                    context, gateway, () -> group.freeze(true), () -> group.freeze(false), "stopped from outside");
        }
    }

    static DrillResult throttled(DrillContext context) throws Exception {
        try (LimitedGroup group = LimitedGroup.cpu();
                DrillGateway gateway =
                        context.start(false, Map.of(), group.wrapper()).awaitReady()) {
            return standStill(
                    context,
                    gateway,
                    () -> group.limitCpu(FIVE_PER_CENT_US),
                    () -> group.limitCpu(0),
                    "its CPU quota was used up");
        }
    }

    static DrillResult collecting(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of(Mishap.VARIABLE, "gc-pause")).awaitReady();
        return standStill(context, gateway, () -> KeptCalls.goWrong(context), () -> {}, "collecting garbage took");
    }

    /** No call ends of it, and the log names the reason. */
    private static DrillResult standStill(
            DrillContext context, DrillGateway gateway, Switch off, Switch on, String reason) throws Exception {
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.calls());
            int seen = gateway.lines().size();
            off.flip();
            KeptCalls.pause(LENGTH);
            on.flip();
            String line = gateway.awaitLine(reason, seen);
            // What waited in the socket is worked off, at the pace of the call.
            KeptCalls.pause(LENGTH);
            FleetReport report = calls.survived();
            require(
                    report.echo().reordered() == 0 && report.echo().doubled() == 0,
                    "reordered " + report.echo().reordered() + ", doubled "
                            + report.echo().doubled());
            return new DrillResult(
                    line.substring(line.lastIndexOf("stood still")),
                    String.format(
                            Locale.ROOT,
                            "no call of %d; silence p50 %.0f ms, max %.0f ms; %d of %d frames",
                            report.calls(),
                            report.longestSilence().p50Ms(),
                            report.longestSilence().maxMs(),
                            report.echo().sent() - report.echo().returned(),
                            report.echo().sent()));
        }
    }
}
