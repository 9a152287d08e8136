package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data directory that cannot be written to. */
final class Disks {

    private static final int CALLS = 50;
    private static final int REFUSED = 78;
    private static final String LOST = "steadyline_journal_lost_total";
    private static final Map<String, String> SMALL_QUEUE = Map.of("STEADYLINE_RECORDS_QUEUE", "64");

    private Disks() {}

    /** The disk fills up in mid-run, and is made free again. */
    static DrillResult full(DrillContext context) throws Exception {
        Path data = context.setUp().dataDir();
        try (Machine.Tmpfs _ = Machine.Tmpfs.mount(data, "size=1m")) {
            DrillGateway gateway = context.start(false, SMALL_QUEUE).awaitReady();
            try (gateway;
                    Simulator simulator = Simulator.start()) {
                return full(context, gateway, simulator, data.resolve("ballast"));
            }
        }
    }

    private static DrillResult full(DrillContext context, DrillGateway gateway, Simulator simulator, Path ballast)
            throws DrillFailure, IOException {
        Bystanders calls = Bystanders.place(simulator, context, gateway, Math.max(CALLS, context.calls()));
        // Calls that come and go, so that there is more to record than the piece of disk that the journal has already.
        Fleet comers = Fleet.place(
                simulator,
                new FleetPlan(
                        () -> CallPlan.to(context.setUp().media()),
                        0,
                        1,
                        Duration.ofMinutes(2),
                        10,
                        Duration.ofMillis(500),
                        false));
        long filled = fill(ballast);
        context.say(filled / 1024 + " KiB of ballast; the disk is full");
        String warning = gateway.awaitLine("the call journal cannot be written", 0);
        double lost = gateway.await("lost records", DrillGateway.PATIENCE, () -> {
            double count = Page.metric(context, LOST, "reason=\"disk\"");
            return count > 0 ? Optional.of(count) : Optional.empty();
        });
        Page full = Page.of(context, "/readyz");
        require(full.status() == 200 && full.text().contains("call journal: "), "/readyz: " + full);
        Files.delete(ballast);
        String again = gateway.awaitLine("the call journal can be written again", 0);
        KeptCalls.pause(Duration.ofSeconds(2));
        Page free = Page.of(context, "/readyz");
        require(!free.text().contains("No space left"), "/readyz after the disk was free again: " + free);
        double atEnd = Page.metric(context, LOST);
        KeptCalls.pause(Duration.ofSeconds(1));
        require(Page.metric(context, LOST) == atEnd, "records are still being lost with a free disk");
        comers.finish();
        long warnings = gateway.lines("the call journal cannot be written").size();
        require(warnings == 1, "warnings: " + warnings + " (expected: 1)");
        List<CallReport> short_ = comers.reports().join();
        long refused = short_.stream().filter(call -> !call.wasCompleted()).count();
        require(refused == 0, refused + " of " + short_.size() + " new calls did not go as planned");
        String sum = calls.unharmed();
        return new DrillResult(
                "one warning (" + warning.substring(warning.indexOf("the call journal")) + "); " + (long) lost
                        + " records lost and rising in `" + LOST + "`, `/readyz` 200 with a note; then "
                        + again.substring(again.indexOf("the call journal")),
                "records: " + (long) atEnd + "; no call: " + sum + ", " + short_.size() + " new ones meanwhile");
    }

    private static long fill(Path ballast) throws IOException {
        byte[] page = new byte[4096];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(page);
                written += page.length;
            }
        } catch (IOException full) {
            return written;
        }
    }

    /** Read-only, and not there at all: a developer is warned, production does not start. */
    static DrillResult readOnly(DrillContext context) throws Exception {
        Path data = context.setUp().dataDir();
        Path noDirectory = Files.writeString(context.setUp().directory().resolve("a-file"), "");
        Map<String, String> missing =
                Map.of("STEADYLINE_DATA_DIR", noDirectory.resolve("data").toString());
        try (Machine.Tmpfs _ = Machine.Tmpfs.mount(data, "ro,size=64k")) {
            String warned = degraded(context, Map.of());
            degraded(context, missing);
            String refused = refused(context, Map.of("STEADYLINE_ENVIRONMENT", "production"));
            refused(
                    context,
                    Map.of(
                            "STEADYLINE_ENVIRONMENT",
                            "production",
                            "STEADYLINE_DATA_DIR",
                            noDirectory.resolve("data").toString()));
            return new DrillResult(
                    "development: " + warned + "; production: " + refused + "; the same when it cannot be made",
                    "development: the records; a call was held. Production: nothing");
        }
    }

    private static String degraded(DrillContext context, Map<String, String> environment) throws Exception {
        try (DrillGateway gateway = context.start(false, environment).awaitReady();
                Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, 2);
            List<String> warnings = gateway.lines().stream()
                    .filter(line -> line.contains("WARN") && line.contains("lock"))
                    .toList();
            require(!warnings.isEmpty(), "no warning about the lock in " + gateway.lines());
            Page ready = Page.of(context, "/readyz");
            require(!ready.text().contains("\"notes\":[]"), "/readyz without a note: " + ready.text());
            calls.unharmed();
            return afterPath(warnings.getFirst());
        }
    }

    private static String refused(DrillContext context, Map<String, String> environment) throws Exception {
        DrillGateway gateway = context.start(false, environment);
        int exit = gateway.awaitExit(DrillGateway.PATIENCE);
        require(exit == REFUSED, "exit " + exit + " (expected: 78): " + gateway.lines());
        return "exit 78: " + afterPath(gateway.lines("production refuses").getFirst());
    }

    private static String afterPath(String line) {
        return line.substring(line.indexOf("): ") + 3);
    }
}
