package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Distribution;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What recorder, journal and records of boots cost: the same calls with them and without, in turn. */
final class RecordsCost {

    /** The first half minute is the compiler's: with records it has more to do. */
    private static final Duration WARM_UP = Duration.ofSeconds(32);

    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final int RAMP_PER_SECOND = 50;
    /** Of {@code /proc/PID/stat}: USER_HZ, 100 on Linux. */
    private static final double TICK_MS = 10;

    private RecordsCost() {}

    /** @param cpuMs of the worker, for each call and second of it */
    private record Sample(double cpuMs, Distribution gaps, Distribution lateness) {}

    static DrillResult compare(DrillContext context) throws Exception {
        List<Sample> off = new ArrayList<>();
        List<Sample> on = new ArrayList<>();
        for (int time = 1; time <= context.times(); time++) {
            off.add(sample(context, "off"));
            on.add(sample(context, "on"));
        }
        double offMs = median(off);
        double onMs = median(on);
        return new DrillResult(
                String.format(
                        Locale.ROOT,
                        "%d calls, processor time for each call and second: off %.3f ms, on %.3f ms, %+.1f %%; p99.9"
                            + " of the gap error: off %.2f ms, on %.2f ms (the generator's own lateness %.2f and %.2f"
                            + " ms)",
                        context.calls(),
                        offMs,
                        onMs,
                        100 * (onMs / offMs - 1),
                        gaps(off).p999Ms(),
                        gaps(on).p999Ms(),
                        lateness(off).p999Ms(),
                        lateness(on).p999Ms()),
                "nothing");
    }

    private static Sample sample(DrillContext context, String records) throws Exception {
        try (DrillGateway gateway = context.start(false, Map.of("STEADYLINE_RECORDS_ENABLED", records));
                Simulator simulator = Simulator.start()) {
            gateway.awaitReady();
            try (Machine.Apart apart = Machine.Apart.from(gateway.workerPid())) {
                context.say("records " + records + ", gateway and callers apart on processors " + apart.allowed());
                return sample(context, records, gateway, simulator);
            }
        }
    }

    private static Sample sample(DrillContext context, String records, DrillGateway gateway, Simulator simulator)
            throws Exception {
        Duration ramp = Duration.ofMillis(1_000L * context.calls() / RAMP_PER_SECOND);
        FleetPlan plan = FleetPlan.of(
                        () -> CallPlan.to(context.setUp().media()).echoProbe(true),
                        context.calls(),
                        ramp.plus(WARM_UP).plus(MEASURED).plusSeconds(2))
                .rampedBy(RAMP_PER_SECOND);
        Fleet fleet = Fleet.place(simulator, plan);
        KeptCalls.pause(ramp.plus(WARM_UP));
        long beforeNs = System.nanoTime();
        long before = ticks(gateway.workerPid());
        KeptCalls.pause(MEASURED);
        double cpuMs = (ticks(gateway.workerPid()) - before) * TICK_MS;
        double seconds = (System.nanoTime() - beforeNs) / 1e9;
        List<CallReport> reports = fleet.reports().join();
        FleetReport report = FleetReport.of(reports);
        require(report.completed() == context.calls(), "calls that ended as planned: " + report.completed());
        Sample sample = new Sample(
                cpuMs / seconds / context.calls(),
                sum(reports.stream().map(call -> call.received().gapErrors()).toList()),
                sum(reports.stream().map(call -> call.sent().lateness()).toList()));
        context.say(String.format(
                Locale.ROOT,
                "records %s: %.3f ms for each call and second, gap error %s",
                records,
                sample.cpuMs(),
                sample.gaps()));
        return sample;
    }

    /** User and system time of the process. */
    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static double median(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::cpuMs).sorted().toArray()[samples.size() / 2];
    }

    private static Distribution gaps(List<Sample> samples) {
        return sum(samples.stream().map(Sample::gaps).toList());
    }

    private static Distribution lateness(List<Sample> samples) {
        return sum(samples.stream().map(Sample::lateness).toList());
    }

    private static Distribution sum(List<Distribution> parts) {
        return parts.stream().reduce(Distribution.empty(), Distribution::plus);
    }
}
