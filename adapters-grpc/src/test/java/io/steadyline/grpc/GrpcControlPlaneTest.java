package io.steadyline.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import io.steadyline.admin.v1.EndSessionRequest;
import io.steadyline.admin.v1.GetServerInfoRequest;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
            await().until(() -> told.size() == 1);

            plane.plane.setReady(true);
            await().until(() -> told.size() == 2);
            plane.plane.setReady(false);
            await().until(() -> told.size() == 3);

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
                "steadyline.admin.v1.Admin");

        @Test
        void shouldListTheServices() {
            CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
            StreamObserver<ServerReflectionRequest> requests =
                    ServerReflectionGrpc.newStub(plane.channel()).serverReflectionInfo(new FirstAnswer<>(answer));
            requests.onNext(
                    ServerReflectionRequest.newBuilder().setListServices("").build());

            assertThat(answer.orTimeout(10, TimeUnit.SECONDS)
                            .join()
                            .getListServicesResponse()
                            .getServiceList())
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

            assertThat(answer.orTimeout(10, TimeUnit.SECONDS)
                            .join()
                            .getListServicesResponse()
                            .getServiceList())
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
                            GrpcConfig.loopback(taken.getLocalPort()), plane.directory, plane.server)) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageStartingWith("admin port: cannot listen on 127.0.0.1:" + taken.getLocalPort())
                        .hasMessageContaining("in use");
            }
        }

        @Test
        void shouldRefuseASecondStart() {
            assertThatThrownBy(plane.plane::start)
                    .hasMessage("admin control plane: already started (expected: one start)");
        }

        @Test
        void shouldHaveNoPortBeforeTheStart() {
            try (GrpcControlPlane idle = new GrpcControlPlane(GrpcConfig.loopback(0), plane.directory, plane.server)) {
                assertThatThrownBy(idle::port)
                        .hasMessage("admin control plane: not started (expected: start() before port())");
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
