package io.steadyline.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.admin.v1.EndSessionRequest;
import io.steadyline.admin.v1.EndSessionResponse;
import io.steadyline.admin.v1.GetServerInfoRequest;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcControlPlaneTest {

    private final TestPlane plane = TestPlane.loopback();

    @AfterEach
    void stop() {
        plane.close();
    }

    @Nested
    class Health {

        private ServingStatus status(String service) {
            return HealthGrpc.newBlockingStub(plane.channel())
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "steadyline.admin.v1.Admin"})
        void shouldFollowReadiness(String service) {
            assertThat(status(service)).isEqualTo(ServingStatus.NOT_SERVING);

            plane.plane.setReady(true);
            assertThat(status(service)).isEqualTo(ServingStatus.SERVING);

            plane.plane.setReady(false);
            assertThat(status(service)).isEqualTo(ServingStatus.NOT_SERVING);
        }

        @Test
        void shouldTellAWatcherOfEachFlip() {
            List<ServingStatus> told = new CopyOnWriteArrayList<>();
            HealthGrpc.newStub(plane.channel()).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
                @Override
                public void onNext(HealthCheckResponse response) {
                    told.add(response.getStatus());
                }

                @Override
                public void onError(Throwable status) {}

                @Override
                public void onCompleted() {}
            });
            Waits.until(() -> told.size() == 1);

            plane.plane.setReady(true);
            Waits.until(() -> told.size() == 2);
            plane.plane.setReady(false);
            Waits.until(() -> told.size() == 3);

            assertThat(told)
                    .containsExactly(ServingStatus.NOT_SERVING, ServingStatus.SERVING, ServingStatus.NOT_SERVING);
        }
    }

    @Nested
    class Reflection {

        private static final List<String> SERVICES = List.of(
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection",
                "steadyline.admin.v1.Admin",
                "steadyline.agent.v1.Agents");

        @Test
        void shouldListTheServices() {
            CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
            StreamObserver<ServerReflectionRequest> requests =
                    ServerReflectionGrpc.newStub(plane.channel()).serverReflectionInfo(new FirstAnswer<>(answer));
            requests.onNext(
                    ServerReflectionRequest.newBuilder().setListServices("").build());

            assertThat(Waits.on(answer).getListServicesResponse().getServiceList())
                    .extracting(ServiceResponse::getName)
                    .containsExactlyInAnyOrderElementsOf(SERVICES);
            requests.onCompleted();
        }

        @Test
        void shouldListTheServicesForOldClientsToo() {
            CompletableFuture<io.grpc.reflection.v1alpha.ServerReflectionResponse> answer = new CompletableFuture<>();
            StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionRequest> requests =
                    io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(plane.channel())
                            .serverReflectionInfo(new FirstAnswer<>(answer));
            requests.onNext(io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                    .setListServices("")
                    .build());

            assertThat(Waits.on(answer).getListServicesResponse().getServiceList())
                    .extracting(io.grpc.reflection.v1alpha.ServiceResponse::getName)
                    .containsExactlyInAnyOrderElementsOf(SERVICES);
            requests.onCompleted();
        }
    }

    private record FirstAnswer<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable status) {
            answer.completeExceptionally(status);
        }

        @Override
        public void onCompleted() {}
    }

    @Nested
    class Limits {

        @Test
        void shouldRefuseARequestOfMoreThanOneMebibyte() {
            EndSessionRequest request =
                    EndSessionRequest.newBuilder().setId("x".repeat(1 << 20)).build();

            assertThatThrownBy(() -> plane.admin().endSession(request))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refusal -> assertThat(refusal.getStatus().getCode())
                                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
        }

        @Test
        void shouldNameAValueOutOfRange() {
            GrpcLimits defaults = GrpcLimits.DEFAULTS;

            assertThatThrownBy(() -> new GrpcLimits(
                            1023,
                            defaults.minKeepAlive(),
                            defaults.maxCallsPerConnection(),
                            defaults.maxWatches(),
                            defaults.watchOneRecords(),
                            defaults.watchAllRecords(),
                            defaults.stopGrace()))
                    .hasMessage("maxMessageBytes: 1023 (expected: 1024 to 16777216)");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 65_536})
        void shouldNameAPortOutOfRange(int port) {
            assertThatThrownBy(() -> GrpcConfig.loopback(port))
                    .hasMessage("admin port: " + port + " (expected: 0 to 65535)");
        }
    }

    @Nested
    class StartAndStop {

        @Test
        void shouldSayThatThePortIsTaken() throws Exception {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    GrpcControlPlane second = new GrpcControlPlane(
                            GrpcConfig.loopback(taken.getLocalPort()), plane.directory, plane.server, plane.history)) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageStartingWith("admin port: cannot listen on 127.0.0.1:" + taken.getLocalPort())
                        .hasMessageContaining("in use");
            }
        }

        @Test
        void shouldRefuseASecondStart() {
            assertThatThrownBy(plane.plane::start)
                    .hasMessage("admin control plane: already started or closed (expected: one start)");
        }

        @Test
        void shouldHaveNoPortBeforeTheStart() {
            try (GrpcControlPlane idle =
                    new GrpcControlPlane(GrpcConfig.loopback(0), plane.directory, plane.server, plane.history)) {
                assertThatThrownBy(idle::port)
                        .hasMessage("admin control plane: not started (expected: start() before port())");
            }
        }

        @Test
        void shouldLetACallInProgressFinish() {
            try (TestPlane patient = stoppingWithin(Duration.ofSeconds(40))) {
                patient.directory.put(TestCalls.live("CA1", 1));
                CountDownLatch inHandler = new CountDownLatch(1);
                CountDownLatch goOn = new CountDownLatch(1);
                patient.directory.beforeEnd(() -> {
                    inHandler.countDown();
                    Waits.on(goOn);
                });
                CompletableFuture<EndSessionResponse> answer = new CompletableFuture<>();
                AdminGrpc.newStub(patient.channel())
                        .endSession(EndSessionRequest.newBuilder().setId("CA1").build(), new FirstAnswer<>(answer));
                Waits.on(inHandler);
                CompletableFuture<Void> closed = CompletableFuture.runAsync(patient.plane::close);

                assertThatThrownBy(() -> Waits.until(() -> {
                            patient.admin().getServerInfo(GetServerInfoRequest.getDefaultInstance());
                            return false;
                        }))
                        .isInstanceOf(StatusRuntimeException.class);
                goOn.countDown();

                assertThat(Waits.on(answer).getCallId()).isEqualTo("CA1");
                Waits.on(closed);
            }
        }

        private static TestPlane stoppingWithin(Duration stopGrace) {
            return new TestPlane(GrpcConfig.loopback(0)
                    .withLimits(new GrpcLimits(1 << 20, Duration.ofSeconds(30), 100, 32, 256, 4096, stopGrace)));
        }

        @Test
        void shouldForceAClientThatStays() {
            try (TestPlane hurried = stoppingWithin(Duration.ofMillis(50))) {
                CompletableFuture<HealthCheckResponse> answer = new CompletableFuture<>();
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                HealthGrpc.newStub(hurried.channel())
                        .watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
                            @Override
                            public void onNext(HealthCheckResponse response) {
                                answer.complete(response);
                            }

                            @Override
                            public void onError(Throwable status) {
                                end.complete(status);
                            }

                            @Override
                            public void onCompleted() {}
                        });
                Waits.on(answer);

                hurried.plane.close();

                assertThat(Status.fromThrowable(Waits.on(end)).getCode())
                        .isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
            }
        }

        @Test
        void shouldBeUnavailableAfterTheStop() {
            var admin = plane.admin();
            assertThat(admin.getServerInfo(GetServerInfoRequest.getDefaultInstance())
                            .getBootId())
                    .isEqualTo("boot-1");

            plane.plane.close();
            plane.plane.close();

            assertThatThrownBy(() -> admin.getServerInfo(GetServerInfoRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        }
    }
}
