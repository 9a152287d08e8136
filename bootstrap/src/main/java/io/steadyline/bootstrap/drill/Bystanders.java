package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls that run while something else goes wrong. They count their frames, and what they hear of it is told at the end. */
final class Bystanders {

    /** Until they are asked to end. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /** A syllable; the generator shares its two processors with the gateway, so that three frames would be too strict. */
    static final double AUDIBLE_MS = 250;

    private final DrillGateway gateway;
    private final int calls;
    private final Fleet fleet;

    private Bystanders(DrillGateway gateway, int calls, Fleet fleet) {
        this.gateway = gateway;
        this.calls = calls;
        this.fleet = fleet;
    }

    /** All of them are live, and warm, when it returns. */
    static Bystanders place(Simulator simulator, DrillContext context, DrillGateway gateway, int calls)
            throws DrillFailure {
        return place(simulator, context.setUp().media(), gateway, calls);
    }

    static Bystanders place(Simulator simulator, URI media, DrillGateway gateway, int calls) throws DrillFailure {
        FleetPlan plan =
                FleetPlan.of(() -> CallPlan.to(media).echoProbe(true).drainFor(Duration.ofSeconds(2)), calls, LONG);
        Fleet fleet = Fleet.place(simulator, plan);
        gateway.await(
                calls + " calls",
                DrillGateway.PATIENCE,
                () -> gateway.admin(client -> client.serverInfo().getLiveCalls()) >= calls
                        ? Optional.of(true)
                        : Optional.empty());
        KeptCalls.pause(Duration.ofSeconds(1));
        return new Bystanders(gateway, calls, fleet);
    }

    /** Calls of which the gateway itself says that a second of theirs was not as it should be. */
    int unhealthy() {
        ListSessionsRequest request =
                ListSessionsRequest.newBuilder().setUnhealthyOnly(true).build();
        return gateway.admin(client -> client.list(request)).getTotal();
    }

    /** Ends them. They may have heard of it, but each has lived. */
    FleetReport survived() throws DrillFailure {
        fleet.finish();
        List<CallReport> reports = fleet.reports().join();
        FleetReport report = FleetReport.of(reports);
        require(
                report.completed() == calls,
                report.completed() + " of " + calls + " calls lived; the first other one: "
                        + reports.stream()
                                .filter(call -> !call.wasCompleted())
                                .findFirst()
                                .map(CallReport::ending)
                                .orElse(null));
        return report;
    }

    /** Ends them. They must not have heard of it. */
    String unharmed() throws DrillFailure {
        int unhealthy = unhealthy();
        FleetReport report = survived();
        String sum = String.format(
                Locale.ROOT,
                "%d calls beside it: %d of %d frames answered in order, longest silence %.0f ms, unhealthy %d",
                calls,
                report.echo().returned(),
                report.echo().sent(),
                report.longestSilence().maxMs(),
                unhealthy);
        require(report.echo().isComplete() && report.longestSilence().maxMs() <= AUDIBLE_MS, sum);
        return sum;
    }
}
