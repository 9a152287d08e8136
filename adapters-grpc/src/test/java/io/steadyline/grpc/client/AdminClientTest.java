package io.steadyline.grpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.Session;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.grpc.FakeHistory;
import io.steadyline.grpc.TestCalls;
import io.steadyline.grpc.TestPlane;
import io.steadyline.grpc.Waits;
import io.steadyline.restart.Cause;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.GoNoGo;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminClientTest {

    private final TestPlane plane = TestPlane.loopback();
    private final AdminClient client =
            AdminClient.of(AdminTarget.plaintext("127.0.0.1", plane.plane.port()), Duration.ofSeconds(40));

    @AfterEach
    void stop() {
        client.close();
        plane.close();
    }

    @Nested
    class Asking {

        @Test
        void shouldGetEachAnswer() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.judged("CA1", new GoNoGo(true, 7, List.of()));
            plane.directory.remember(TestCalls.second("CA1", 0, CallState.ACTIVE));
            plane.history.add(FakeHistory.report(17, Cause.SIGKILL));

            assertThat(client.serverInfo().getLiveCalls()).isOne();
            assertThat(client.list(ListSessionsRequest.getDefaultInstance()).getSessionsList())
                    .extracting(Session::getCallId)
                    .containsExactly("CA1");
            assertThat(client.get("MZ1").getSecondsCount()).isOne();
            assertThat(client.check("CA1").getGo()).isTrue();
            assertThat(client.end("CA1", "test").getCallId()).isEqualTo("CA1");
            assertThat(client.drain(true, "test").getDraining()).isTrue();
            assertThat(client.drain(false, "test").getDraining()).isFalse();
            assertThat(client.boots(ListBootsRequest.getDefaultInstance()).getTotal())
                    .isOne();
            assertThat(client.boot("17").getBoot().getBootId()).isEqualTo("b17");
            assertThat(client.boot("current").getBoot().getNumber()).isEqualTo(18);
            assertThat(client.upgrade(Optional.empty()).getAccepted()).isFalse();
            assertThat(client.upgrade(Optional.of("/opt/x.jar")).getReason()).contains("--keep-calls");
            assertThat(plane.server.upgrades()).containsExactly("", "/opt/x.jar");
        }

        @Test
        void shouldPassOnWhyTheServerRefuses() {
            assertThatThrownBy(() -> client.get("CA9")).isInstanceOfSatisfying(AdminFailure.class, failure -> {
                assertThat(failure).isNotInstanceOf(AdminUnreachable.class);
                assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
                assertThat(failure.reason()).isEqualTo("UNKNOWN_SESSION");
                assertThat(failure)
                        .hasMessage("admin at 127.0.0.1:" + plane.plane.port()
                                + ": NOT_FOUND: id: 'CA9' (expected: id of a call or of its current stream;"
                                + " no call is live)");
            });
        }
    }

    @Nested
    class Watching {

        @Test
        void shouldTellTheConsumerUntilTheCallEnds() {
            plane.directory.put(TestCalls.live("CA1", 1));
            List<WatchSessionsResponse> told = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> watch = watching(Optional.of("CA1"), told);
            Waits.until(() -> told.size() == 1);

            plane.directory.publish(TestCalls.second("CA1", 0, CallState.ACTIVE));
            plane.directory.publish(TestCalls.second("CA1", 1, CallState.CLOSED));

            Waits.on(watch);
            assertThat(told).hasSize(3);
            assertThat(told.getFirst().getSnapshot().getComplete()).isTrue();
        }

        private CompletableFuture<Void> watching(Optional<String> id, List<WatchSessionsResponse> told) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    client.watch(id, told::add);
                    end.complete(null);
                } catch (InterruptedException | RuntimeException e) {
                    end.completeExceptionally(e);
                }
            });
            return end;
        }

        @Test
        void shouldPassOnWhyTheServerRefuses() {
            assertThatThrownBy(() -> client.watch(Optional.of("CA9"), message -> {}))
                    .isInstanceOf(AdminFailure.class)
                    .hasMessageContaining("NOT_FOUND");
        }

        @Test
        void shouldEndTheWatchWhenTheConsumerThrows() {
            assertThatThrownBy(() -> client.watch(Optional.empty(), message -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            Waits.until(() -> plane.directory.watchers() == 0);
        }

        @Test
        void shouldEndTheWatchWhenInterrupted() {
            assertThatThrownBy(() -> client.watch(
                            Optional.empty(), message -> Thread.currentThread().interrupt()))
                    .isInstanceOf(InterruptedException.class);
            Waits.until(() -> plane.directory.watchers() == 0);
        }

        @Test
        void shouldSayThatTheProcessStops() {
            List<WatchSessionsResponse> told = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> watch = watching(Optional.empty(), told);
            Waits.until(() -> told.size() == 1);

            plane.plane.close();

            assertThatThrownBy(() -> Waits.on(watch))
                    .hasCauseInstanceOf(AdminUnreachable.class)
                    .hasMessageContaining("the process is stopping");
        }

        @Test
        void shouldBeCutWhenTheConsumerIsTooSlow() {
            plane.directory.put(TestCalls.live("CA1", 1));

            assertThatThrownBy(() -> client.watch(Optional.empty(), message -> {
                        if (message.hasSnapshot()) {
                            for (int i = 0; i < 100_000; i++) {
                                plane.directory.publish(TestCalls.second("CA1", i, CallState.ACTIVE));
                            }
                        }
                    }))
                    .isInstanceOfSatisfying(
                            AdminFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo("SLOW_READER"));
        }
    }

    @Nested
    class NobodyThere {

        @Test
        void shouldSayWhereItLooked() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            try (AdminClient alone = AdminClient.of(AdminTarget.plaintext("127.0.0.1", port))) {
                assertThatThrownBy(alone::serverInfo)
                        .isInstanceOf(AdminUnreachable.class)
                        .hasMessageMatching("admin at 127\\.0\\.0\\.1:" + port
                                + ": not reachable, .*[Cc]onnection refused.*"
                                + " \\(expected: a running Steadyline, and the same address, port and TLS settings"
                                + " as it has\\)");
                assertThatThrownBy(() -> alone.watch(Optional.empty(), message -> {}))
                        .isInstanceOf(AdminUnreachable.class);
            }
        }

        @Test
        void shouldNotWaitForeverForOneWhoTakesTheConnectionAndIsSilent() throws Exception {
            try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    AdminClient alone = AdminClient.of(
                            AdminTarget.plaintext("127.0.0.1", silent.getLocalPort()), Duration.ofMillis(200))) {
                assertThatThrownBy(() -> alone.watch(Optional.empty(), message -> {}))
                        .isInstanceOf(AdminUnreachable.class)
                        .hasMessage("admin at 127.0.0.1:" + silent.getLocalPort() + ": no answer within 200 ms"
                                + " (expected: a Steadyline control plane there)");
                assertThatThrownBy(alone::serverInfo)
                        .isInstanceOf(AdminUnreachable.class)
                        .hasMessageContaining("no answer within 200 ms");
            }
        }
    }

    @Nested
    class Target {

        @ParameterizedTest
        @ValueSource(ints = {0, 65_536})
        void shouldNameAPortOutOfRange(int port) {
            assertThatThrownBy(() -> AdminTarget.plaintext("localhost", port))
                    .hasMessage("admin port: " + port + " (expected: 1 to 65535)");
        }

        @Test
        void shouldNotPrintItsToken() {
            assertThat(AdminTarget.plaintext("::1", 5001).withToken("secret")).hasToString("[::1]:5001");
        }

        @Test
        void shouldRefuseATokenThatCannotBeSent() {
            assertThatThrownBy(() -> AdminTarget.plaintext("localhost", 5001).withToken("secret\n"))
                    .hasMessageContaining("not printable ASCII")
                    .hasMessageNotContaining("secret");
        }
    }
}
