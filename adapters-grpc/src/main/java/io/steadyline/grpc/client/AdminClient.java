package io.steadyline.grpc.client;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.admin.v1.CheckSessionRequest;
import io.steadyline.admin.v1.CheckSessionResponse;
import io.steadyline.admin.v1.EndSessionRequest;
import io.steadyline.admin.v1.EndSessionResponse;
import io.steadyline.admin.v1.GetBootRequest;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.admin.v1.GetServerInfoRequest;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.GetSessionRequest;
import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.admin.v1.ListBootsResponse;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.ListSessionsResponse;
import io.steadyline.admin.v1.SetDrainRequest;
import io.steadyline.admin.v1.SetDrainResponse;
import io.steadyline.admin.v1.UpgradeRequest;
import io.steadyline.admin.v1.UpgradeResponse;
import io.steadyline.admin.v1.WatchSessionsRequest;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.admin.v1.DrainAgentRequest;
import io.steadyline.admin.v1.DrainAgentResponse;
import io.steadyline.admin.v1.ListAgentsRequest;
import io.steadyline.admin.v1.ListAgentsResponse;
import io.steadyline.admin.v1.MoveCallRequest;
import io.steadyline.admin.v1.MoveCallResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks one server's control plane. Every call blocks until its deadline at most; a watch blocks while it lasts. Throws
 * {@link AdminUnreachable} when nobody answers and {@link AdminFailure} when the server says no. Any thread.
 */
public final class AdminClient implements AutoCloseable {

    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final long WATCH_PING_S = 60;

    private final AdminTarget target;
    private final Duration deadline;
    private final ManagedChannel channel;
    private final AdminGrpc.AdminBlockingV2Stub stub;

    private AdminClient(AdminTarget target, Duration deadline, ManagedChannel channel) {
        this.target = target;
        this.deadline = deadline;
        this.channel = channel;
        this.stub = target.token()
                .map(token -> AdminGrpc.newBlockingV2Stub(channel).withInterceptors(withToken(token)))
                .orElseGet(() -> AdminGrpc.newBlockingV2Stub(channel));
    }

    /** Connects with the first call, not here; throws {@link IllegalArgumentException} when the TLS files are no use. */
    public static AdminClient of(AdminTarget target) {
        return of(target, DEFAULT_DEADLINE);
    }

    /** The same, with another patience for each call and for the first message of a watch. */
    public static AdminClient of(AdminTarget target, Duration deadline) {
        return new AdminClient(
                target,
                deadline,
                NettyChannelBuilder.forAddress(target.host(), target.port(), credentials(target))
                        .keepAliveTime(WATCH_PING_S, TimeUnit.SECONDS)
                        .build());
    }

    public GetServerInfoResponse serverInfo() {
        return ask(admin -> admin.getServerInfo(GetServerInfoRequest.getDefaultInstance()));
    }

    /** One page. */
    public ListSessionsResponse list(ListSessionsRequest request) {
        return ask(admin -> admin.listSessions(request));
    }

    /** With all seconds that the server remembers. */
    public GetSessionResponse get(String callOrStreamId) {
        return ask(admin -> admin.getSession(
                GetSessionRequest.newBuilder().setId(callOrStreamId).build()));
    }

    public EndSessionResponse end(String callOrStreamId, String reason) {
        return ask(admin -> admin.endSession(EndSessionRequest.newBuilder()
                .setId(callOrStreamId)
                .setReason(reason)
                .build()));
    }

    public CheckSessionResponse check(String callOrStreamId) {
        return ask(admin -> admin.checkSession(
                CheckSessionRequest.newBuilder().setId(callOrStreamId).build()));
    }

    public SetDrainResponse drain(boolean on, String reason) {
        return ask(admin -> admin.setDrain(
                SetDrainRequest.newBuilder().setOn(on).setReason(reason).build()));
    }

    /** One page. */
    public ListBootsResponse boots(ListBootsRequest request) {
        return ask(admin -> admin.listBoots(request));
    }

    /** @param bootIdOrNumber or {@code current} */
    public GetBootResponse boot(String bootIdOrNumber) {
        return ask(admin ->
                admin.getBoot(GetBootRequest.newBuilder().setId(bootIdOrNumber).build()));
    }

    /** @param jar absolute path on the gateway's machine; empty: the version that is installed there */
    public UpgradeResponse upgrade(Optional<String> jar) {
        UpgradeRequest.Builder request = UpgradeRequest.newBuilder();
        jar.ifPresent(request::setJar);
        return ask(admin -> admin.upgrade(request.build()));
    }

    public ListAgentsResponse agents() {
        return ask(admin -> admin.listAgents(ListAgentsRequest.getDefaultInstance()));
    }

    /** @param agent id of a bot, or name of several */
    public DrainAgentResponse drainAgent(String agent, boolean on) {
        return ask(admin -> admin.drainAgent(
                DrainAgentRequest.newBuilder().setAgent(agent).setOn(on).build()));
    }

    /** @param agent id of a bot, or name of several */
    public MoveCallResponse move(String callOrStreamId, String agent) {
        return ask(admin -> admin.moveCall(MoveCallRequest.newBuilder()
                .setId(callOrStreamId)
                .setAgent(agent)
                .build()));
    }

    /**
     * Gives every message to {@code consumer}, on this thread, until the server ends the stream. A slow consumer makes
     * the server cut the watch. What the consumer throws ends the watch and comes out here.
     *
     * @param callOrStreamId empty: all calls
     * @throws InterruptedException this thread was interrupted; the watch is over
     */
    public void watch(Optional<String> callOrStreamId, Consumer<WatchSessionsResponse> consumer)
            throws InterruptedException {
        BlockingClientCall<?, WatchSessionsResponse> call = stub.watchSessions(WatchSessionsRequest.newBuilder()
                .setId(callOrStreamId.orElse(""))
                .build());
        try {
            WatchSessionsResponse message = call.read(deadline.toNanos(), TimeUnit.NANOSECONDS);
            while (message != null) {
                consumer.accept(message);
                message = call.read();
            }
        } catch (StatusException e) {
            throw FailureReader.read(target, deadline, e);
        } catch (TimeoutException e) {
            throw FailureReader.read(
                    target, deadline, Status.DEADLINE_EXCEEDED.withCause(e).asException());
        } finally {
            // Tells the server; without effect when it has ended the stream itself.
            call.cancel("watch left", null);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.put(stub.withDeadlineAfter(deadline));
        } catch (StatusException e) {
            throw FailureReader.read(target, deadline, e);
        }
    }

    private interface Question<T> {
        T put(AdminGrpc.AdminBlockingV2Stub admin) throws StatusException;
    }

    private static ClientInterceptor withToken(String token) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static ChannelCredentials credentials(AdminTarget target) {
        if (target.tls().isEmpty()) {
            return InsecureChannelCredentials.create();
        }
        AdminTarget.Tls tls = target.tls().get();
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        try {
            if (tls.serverCa().isPresent()) {
                credentials.trustManager(tls.serverCa().get().toFile());
            }
            if (tls.client().isPresent()) {
                AdminTarget.ClientCertificate client = tls.client().get();
                credentials.keyManager(
                        client.certificateChain().toFile(), client.privateKey().toFile());
            }
            return credentials.build();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "admin TLS files: " + e.getMessage() + " (expected: readable PEM files)", e);
        }
    }
}
