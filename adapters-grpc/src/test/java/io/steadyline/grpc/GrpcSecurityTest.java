package io.steadyline.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.steadyline.admin.v1.GetServerInfoRequest;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminFailure;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.grpc.client.AdminTarget.ClientCertificate;
import io.steadyline.grpc.client.AdminUnreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcSecurityTest {

    private static final String TOKEN = "a-token-of-enough-length";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set by the set-up
    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = TestCertificates.in(directory);
    }

    private static GrpcTls tls(Optional<Path> clientCa) {
        return new GrpcTls(certificates.certificate("server"), certificates.key("server"), clientCa);
    }

    private static AdminTarget.Tls trusting(String ca) {
        return new AdminTarget.Tls(Optional.of(certificates.certificate(ca)), Optional.empty());
    }

    private static AdminTarget.Tls showing(String client) {
        return new AdminTarget.Tls(
                Optional.of(certificates.certificate("ca")),
                Optional.of(new ClientCertificate(certificates.certificate(client), certificates.key(client))));
    }

    private static AdminTarget target(TestPlane plane) {
        return AdminTarget.plaintext("127.0.0.1", plane.plane.port());
    }

    private static String bootId(AdminTarget target) {
        try (AdminClient client = AdminClient.of(target, Duration.ofSeconds(40))) {
            return client.serverInfo().getBootId();
        }
    }

    @Nested
    class Binding {

        private void start(GrpcConfig config) {
            try (GrpcControlPlane plane =
                    new GrpcControlPlane(config, new FakeDirectory(), new FakeServer(), new FakeHistory())) {
                plane.start();
            }
        }

        private static GrpcConfig on(String address) {
            return new GrpcConfig(address, 0, Optional.empty(), Optional.empty(), GrpcLimits.DEFAULTS);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
        void shouldRefuseAPublicAddressWithoutProtection(String address) {
            assertThatThrownBy(() -> start(on(address)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("admin bindAddress: " + address
                            + " (expected: a loopback address such as 127.0.0.1, or one of these configured as well:"
                            + " TLS certificate and key, preferably with a client CA, or a bearer token)."
                            + " Whoever reaches the control plane can end calls.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost"})
        void shouldBindLoopbackWithoutProtection(String address) {
            try (LogLines lines = LogLines.of(GrpcControlPlane.class)) {
                start(on(address));

                assertThat(lines.messages())
                        .singleElement()
                        .asString()
                        .matches("admin: listening on " + address + ":\\d+ \\(plaintext\\)");
            }
        }

        @Test
        void shouldWarnOfATokenInTheClear() {
            try (LogLines lines = LogLines.of(GrpcControlPlane.class)) {
                start(on("0.0.0.0").withBearerToken(TokenSource.fixed(TOKEN)));

                assertThat(lines.messages())
                        .anyMatch(line -> line.matches("admin: 0\\.0\\.0\\.0:\\d+: bearer token without TLS:"
                                + " the token crosses the network in the clear"));
            }
        }

        @Test
        void shouldWarnOfTlsThatLetsEverybodyIn() {
            try (LogLines lines = LogLines.of(GrpcControlPlane.class)) {
                start(on("0.0.0.0").withTls(tls(Optional.empty())));

                assertThat(lines.messages())
                        .anyMatch(
                                line -> line.matches("admin: 0\\.0\\.0\\.0:\\d+: TLS without client CA or bearer token:"
                                        + " whoever reaches it can end calls"));
            }
        }

        @Test
        void shouldBindAPublicAddressWithMutualTlsWithoutAWarning() {
            try (LogLines lines = LogLines.of(GrpcControlPlane.class)) {
                start(on("0.0.0.0").withTls(tls(Optional.of(certificates.certificate("ca")))));

                assertThat(lines.messages())
                        .singleElement()
                        .asString()
                        .matches("admin: listening on 0\\.0\\.0\\.0:\\d+ \\(mutual TLS\\)");
            }
        }

        @Test
        void shouldNameAnAddressThatIsNone() {
            assertThatThrownBy(() -> start(on("256.0.0.1.invalid")))
                    .hasMessage("admin bindAddress: 256.0.0.1.invalid"
                            + " (expected: an address of this host, or a name of one)");
        }

        @Test
        void shouldRefuseATokenThatCanBeGuessedOrSent() {
            GrpcConfig config = GrpcConfig.loopback(0);

            assertThatThrownBy(() -> start(config.withBearerToken(TokenSource.fixed("x".repeat(15)))))
                    .hasMessage("admin bearer token: 15 characters (expected: at least 16)");
            assertThatThrownBy(() -> start(config.withBearerToken(TokenSource.fixed(TOKEN + "\n"))))
                    .hasMessageContaining("not printable ASCII")
                    .hasMessageNotContaining(TOKEN);
        }

        @Test
        void shouldNameAFileThatIsNotThere() {
            assertThatThrownBy(() -> new GrpcTls(Path.of("/nowhere.pem"), directory, Optional.empty()))
                    .hasMessage("tls.certificateChain: /nowhere.pem (expected: a readable PEM file)");
        }

        @Test
        void shouldSayThatAFileIsNoCertificate() throws Exception {
            Path garbage = Files.writeString(directory.resolve("garbage.pem"), "no certificate");
            GrpcTls tls = new GrpcTls(garbage, certificates.key("server"), Optional.empty());

            assertThatThrownBy(() -> start(GrpcConfig.loopback(0).withTls(tls)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("admin TLS files: " + garbage);
        }
    }

    @Nested
    class Tls {

        @Test
        void shouldServeAClientThatTrustsIt() {
            try (TestPlane plane = new TestPlane(GrpcConfig.loopback(0).withTls(tls(Optional.empty())))) {
                assertThat(bootId(target(plane).withTls(trusting("ca")))).isEqualTo("boot-1");
            }
        }

        @Test
        void shouldBeRefusedByAClientThatDoesNot() {
            try (TestPlane plane = new TestPlane(GrpcConfig.loopback(0).withTls(tls(Optional.empty())))) {
                assertThatThrownBy(() -> bootId(target(plane).withTls(trusting("stranger"))))
                        .isInstanceOf(AdminUnreachable.class)
                        .hasMessageContaining("not reachable");
            }
        }

        @Test
        void shouldNotServeAClientInPlaintext() {
            try (TestPlane plane = new TestPlane(GrpcConfig.loopback(0).withTls(tls(Optional.empty())))) {
                assertThatThrownBy(() -> bootId(target(plane)))
                        .isInstanceOf(AdminUnreachable.class)
                        .hasMessageContaining("the same address, port and TLS settings as it has");
            }
        }
    }

    @Nested
    class MutualTls {

        private static TestPlane plane() {
            return new TestPlane(GrpcConfig.loopback(0).withTls(tls(Optional.of(certificates.certificate("ca")))));
        }

        @Test
        void shouldServeAClientWithACertificateAndNameItInTheLog() {
            try (TestPlane plane = plane();
                    LogLines lines = LogLines.of(AdminService.class);
                    AdminClient client =
                            AdminClient.of(target(plane).withTls(showing("client")), Duration.ofSeconds(40))) {
                client.drain(true, "test");

                assertThat(lines.messages())
                        .singleElement()
                        .asString()
                        .matches("admin: drain on asked by /127\\.0\\.0\\.1:\\d+ \\(CN=client\\) \\(test\\)");
            }
        }

        @Test
        void shouldNotServeAClientWithout() {
            try (TestPlane plane = plane()) {
                assertThatThrownBy(() -> bootId(target(plane).withTls(trusting("ca"))))
                        .isInstanceOf(AdminUnreachable.class);
            }
        }

        @Test
        void shouldNotServeAClientWithACertificateOfAnotherAuthority() {
            try (TestPlane plane = plane()) {
                assertThatThrownBy(() -> bootId(target(plane).withTls(showing("stranger"))))
                        .isInstanceOf(AdminUnreachable.class);
            }
        }
    }

    @Nested
    class BearerToken {

        private static TestPlane plane() {
            return new TestPlane(GrpcConfig.loopback(0).withBearerToken(TokenSource.fixed(TOKEN)));
        }

        @Test
        void shouldServeAClientThatShowsIt() {
            try (TestPlane plane = plane()) {
                assertThat(bootId(target(plane).withToken(TOKEN))).isEqualTo("boot-1");
            }
        }

        @Test
        void shouldSayHowToPassItWhenItIsMissing() {
            try (TestPlane plane = plane()) {
                StatusRuntimeException refusal = catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> plane.admin().getServerInfo(GetServerInfoRequest.getDefaultInstance()));

                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                assertThat(refusal.getStatus().getDescription())
                        .isEqualTo("authorization: missing (expected: metadata 'authorization: Bearer <token>'"
                                + " with the admin token of this server)");
                assertThat(TestPlane.details(refusal).getReason()).isEqualTo("NO_TOKEN");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a-token-of-enough-lengtH", "a-token-of-enough-lengt", "a-token-of-enough-length-"})
        void shouldRefuseAnotherToken(String token) {
            try (TestPlane plane = plane()) {
                assertThatThrownBy(() -> bootId(target(plane).withToken(token)))
                        .isInstanceOfSatisfying(AdminFailure.class, failure -> {
                            assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
                            assertThat(failure.reason()).isEqualTo("WRONG_TOKEN");
                            assertThat(failure.getMessage()).doesNotContain(TOKEN);
                        });
            }
        }

        @Test
        void shouldTakeANewTokenWithoutARestart() {
            AtomicReference<String> current = new AtomicReference<>(TOKEN);
            try (TestPlane plane = new TestPlane(GrpcConfig.loopback(0).withBearerToken(current::get))) {
                current.set("another-token-of-length");

                assertThat(bootId(target(plane).withToken("another-token-of-length")))
                        .isEqualTo("boot-1");
                assertThatThrownBy(() -> bootId(target(plane).withToken(TOKEN))).isInstanceOf(AdminFailure.class);
            }
        }

        @Test
        void shouldLeaveHealthOpen() {
            try (TestPlane plane = plane()) {
                plane.plane.setReady(true);

                assertThat(HealthGrpc.newBlockingStub(plane.channel())
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatusValue())
                        .isOne();
            }
        }

        @Test
        void shouldNotLeaveReflectionOpen() {
            try (TestPlane plane = plane()) {
                CompletableFuture<Status.Code> end = new CompletableFuture<>();
                StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(plane.channel())
                        .serverReflectionInfo(new StreamObserver<>() {
                            @Override
                            public void onNext(ServerReflectionResponse response) {}

                            @Override
                            public void onError(Throwable status) {
                                end.complete(Status.fromThrowable(status).getCode());
                            }

                            @Override
                            public void onCompleted() {
                                end.complete(Status.Code.OK);
                            }
                        });
                requests.onNext(
                        ServerReflectionRequest.newBuilder().setListServices("").build());

                assertThat(Waits.on(end)).isEqualTo(Status.Code.UNAUTHENTICATED);
            }
        }

        @Test
        void shouldLogAFloodOfWrongTokensOnce() {
            try (TestPlane plane = plane();
                    LogLines lines = LogLines.of(BearerInterceptor.class)) {
                for (int i = 0; i < 20; i++) {
                    assertThatThrownBy(() -> plane.admin().getServerInfo(GetServerInfoRequest.getDefaultInstance()))
                            .isInstanceOf(StatusRuntimeException.class);
                }

                assertThat(lines.messages())
                        .first()
                        .asString()
                        .matches(
                                "admin: call without a valid token refused, from /127\\.0\\.0\\.1:\\d+ \\(1 so far\\)");
                assertThat(lines.messages()).hasSizeLessThan(20);
            }
        }
    }
}
