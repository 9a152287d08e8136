package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The process stands still for a while, for reasons that have to be told apart. */
final class Freezes {

    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;
    private static final Duration LENGTH = Duration.ofSeconds(2);
    private static final long PERIOD_US = 100_000;
    private static final long FIVE_PER_CENT_US = 5_000;

    private Freezes() {}

    /** Something that takes the processor away, or gives it back. */
    private interface Switch {
        void flip() throws DrillFailure, IOException;
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
        try (ControlGroup group = ControlGroup.create("freezer", "freezer.state", "cgroup.freeze")) {
            DrillGateway gateway = context.startAfter(group.prefix(), Map.of()).awaitReady();
            return standStill(
                    context,
                    gateway,
                    () -> group.set("freezer.state", "FROZEN", "cgroup.freeze", "1"),
                    () -> group.set("freezer.state", "THAWED", "cgroup.freeze", "0"),
                    "stopped from outside");
        }
    }

    static DrillResult throttled(DrillContext context) throws Exception {
        try (ControlGroup group = ControlGroup.create("cpu", "cpu.cfs_quota_us", "cpu.max")) {
            DrillGateway gateway = context.startAfter(group.prefix(), Map.of()).awaitReady();
            return standStill(
                    context,
                    gateway,
                    () -> group.set(
                            "cpu.cfs_quota_us",
                            String.valueOf(FIVE_PER_CENT_US),
                            "cpu.max",
                            FIVE_PER_CENT_US + " " + PERIOD_US),
                    () -> group.set("cpu.cfs_quota_us", "-1", "cpu.max", "max " + PERIOD_US),
                    "its CPU quota was used up");
        }
    }

    static DrillResult collecting(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(false, Map.of("STEADYLINE_FAULT", "gc-pause")).awaitReady();
        return standStill(
                context,
                gateway,
                () -> Files.createFile(context.setUp().dataDir().resolve(Mishap.FILE)),
                () -> {},
                "collecting garbage took");
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
