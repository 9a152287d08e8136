package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Session;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Freeze;
import io.steadyline.simulator.LiveCall;
import io.steadyline.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The provider, or the way to it, is not as it should be. */
final class Peers {

    private Peers() {}

    /** The sockets stay open and nothing comes or goes on them: one call is brought back by the provider, one is not. */
    static DrillResult halfOpen(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of("STEADYLINE_LIMITS_IDLE_TIMEOUT", "5 s"))
                .awaitReady();
        try (Simulator simulator = Simulator.start()) {
            LiveCall forsaken = simulator.dial(freezing(context));
            LiveCall broughtBack = simulator.dial(freezing(context));
            gateway.await(
                    "a finding about the silence",
                    DrillGateway.PATIENCE,
                    () -> isUnhealthy(gateway, forsaken) ? Optional.of(true) : Optional.empty());
            CallReport back = simulator
                    .place(CallPlan.to(context.setUp().media())
                            .callSid(broughtBack.plan().callSid())
                            .duration(Duration.ofSeconds(2))
                            .build())
                    .join();
            require(back.wasCompleted(), "the call that was brought back: " + back.ending());
            gateway.awaitLine("call is back on stream", 0);
            String ended = gateway.awaitLine("call ended by PEER: IDLE", 0);
            forsaken.thaw();
            return new DrillResult(
                    "the second without media is unhealthy at once; `"
                            + ended.substring(ended.indexOf("call ended"))
                            + "` (`limits.idle-timeout`, 5 s here); a new"
                            + " stream before that goes on with the call",
                    "the call that the provider does not bring back");
        }
    }

    private static CallPlan freezing(DrillContext context) {
        return CallPlan.to(context.setUp().media())
                .duration(Duration.ofSeconds(30))
                .freeze(Freeze.Side.BOTH, Duration.ofSeconds(2), Freeze.FOR_GOOD)
                .build();
    }

    private static boolean isUnhealthy(DrillGateway gateway, LiveCall call) {
        ListSessionsRequest request = ListSessionsRequest.newBuilder()
                .setUnhealthyOnly(true)
                .setText(call.plan().callSid())
                .build();
        return gateway.admin(client -> client.list(request)).getTotal() > 0;
    }

    static DrillResult delayed(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        try (DelayingProxy network = new DelayingProxy(context.setUp().httpPort());
                Simulator simulator = Simulator.start()) {
            URI media = URI.create("ws://127.0.0.1:" + network.port() + "/twilio/media");
            Bystanders calls = Bystanders.place(simulator, media, gateway, context.few());
            KeptCalls.pause(Duration.ofSeconds(6));
            List<Session> sessions = gateway.admin(client -> client.list(ListSessionsRequest.getDefaultInstance()))
                    .getSessionsList();
            double latestMs = 0;
            for (Session session : sessions) {
                GetSessionResponse records = gateway.admin(client -> client.get(session.getCallId()));
                for (SecondRecord second : records.getSecondsList()) {
                    latestMs = Math.max(latestMs, second.getTx().getMaxLatenessMs());
                }
            }
            FleetReport report = calls.survived();
            require(
                    report.echo().isComplete(),
                    report.echo().returned() + " of " + report.echo().sent() + " frames came back in order");
            return new DrillResult(
                    String.format(
                            Locale.ROOT,
                            "%d calls by a proxy of the drill (150 to 250 ms late each way, 1 %% of the pieces 200 ms"
                                    + " more, all behind them waiting): each frame left at most %.0f ms after its"
                                    + " deadline",
                            report.calls(),
                            latestMs),
                    String.format(
                            Locale.ROOT,
                            "no frame of %d; longest silence %.0f ms, the network's own",
                            report.echo().sent(),
                            report.longestSilence().maxMs()));
        }
    }
}
