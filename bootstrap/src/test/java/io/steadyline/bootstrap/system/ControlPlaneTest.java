package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.steadyline.admin.v1.CheckSessionResponse;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Session;
import io.steadyline.admin.v1.SessionEndReason;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.HangUp;
import io.steadyline.simulator.LiveCall;
import io.steadyline.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The running gateway as an operator sees it. */
class ControlPlaneTest {

    @Test
    void shouldListWatchJudgeAndEndACall() throws Exception {
        try (RunningGateway gateway = RunningGateway.warm();
                AdminClient admin = gateway.admin();
                Simulator simulator = Simulator.start();
                MachinePauses pauses = new MachinePauses()) {
            LiveCall call = simulator.dial(CallPlan.to(gateway.media())
                    .duration(Duration.ofSeconds(30))
                    .hangUp(HangUp.BY_SERVER)
                    .build());
            String callSid = call.plan().callSid();
            gateway.awaitStart(callSid);
            assertThat(admin.list(ListSessionsRequest.getDefaultInstance()).getSessionsList())
                    .extracting(Session::getCallId)
                    .containsExactly(callSid);
            assertThat(admin.serverInfo().getLiveCalls()).isEqualTo(1);

            List<WatchSessionsResponse> watched = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> watch(admin, callSid, watched));
            await().atMost(RunningGateway.PATIENCE).until(() -> seconds(watched).size() >= 3);
            assertThat(admin.end(call.plan().streamSid(), "it's enough").getCallId())
                    .isEqualTo(callSid);

            CallReport report = call.report().join();
            assertThat(report.ending().closeCode()).hasValue(1000);
            assertThat(report.wasCompleted()).as("%s", report.ending()).isTrue();
            await("the watch ends with its call")
                    .atMost(RunningGateway.PATIENCE)
                    .until(watching::isDone);
            assertThat(seconds(watched))
                    .extracting(SecondRecord::getSecond)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(seconds(watched).getLast().getState()).isEqualTo(SessionState.SESSION_STATE_CLOSED);

            Session ended = admin.get(callSid).getSession();
            assertThat(ended.getEnd().getReason()).isEqualTo(SessionEndReason.SESSION_END_REASON_ADMIN_END);
            CheckSessionResponse check = admin.check(callSid);
            assertThat(check.getLive()).isFalse();
            assertThat(check.getSecondsJudged()).isGreaterThanOrEqualTo(3);
            assertThat(check.getGo()).isEqualTo(check.getFindingsList().isEmpty());
            HappyCallTest.assertJudgedHealthy(gateway, report, pauses);
        }
    }

    @Test
    void shouldEndACallForAReasonThatIsLongAndNotLatin() throws Exception {
        try (RunningGateway gateway = RunningGateway.with();
                AdminClient admin = gateway.admin();
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText call = StreamText.fresh();
            peer.text(call.start()).text(call.media(1)).settle();
            admin.end(call.callSid(), "終了".repeat(60));
            assertThat(peer.awaitClose()).isEqualTo(1000);
            assertThat(gateway.awaitEnd(call.callSid()).end().orElseThrow().detail())
                    .contains("終了");
        }
    }

    @Test
    void shouldShowADrainInReadinessAndHealth() throws Exception {
        try (RunningGateway gateway = RunningGateway.with();
                AdminClient admin = gateway.admin()) {
            assertThat(health(gateway)).isEqualTo(ServingStatus.SERVING);
            assertThat(admin.drain(true, "test").getDraining()).isTrue();
            assertThat(health(gateway)).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(gateway.get("/readyz").status()).isEqualTo(503);
            assertThat(gateway.get("/livez").status()).isEqualTo(200);
            assertThat(admin.serverInfo().getDraining()).isTrue();

            assertThat(admin.drain(false, "test").getDraining()).isFalse();
            assertThat(health(gateway)).isEqualTo(ServingStatus.SERVING);
            assertThat(gateway.get("/readyz").status()).isEqualTo(200);
        }
    }

    private static void watch(AdminClient admin, String callSid, List<WatchSessionsResponse> watched) {
        try {
            admin.watch(Optional.of(callSid), watched::add);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<SecondRecord> seconds(List<WatchSessionsResponse> watched) {
        return watched.stream()
                .filter(WatchSessionsResponse::hasSecond)
                .map(WatchSessionsResponse::getSecond)
                .toList();
    }

    private static ServingStatus health(RunningGateway gateway) {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", gateway.gateway().grpcPort(), InsecureChannelCredentials.create())
                .build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } finally {
            channel.shutdownNow();
        }
    }
}
