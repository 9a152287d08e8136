package io.steadyline.grpc;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.call.CallDirectory;
import io.steadyline.grpc.agent.AgentsService;
import io.steadyline.grpc.agent.GrpcAgentDoor;
import io.steadyline.port.AgentControl;
import io.steadyline.port.BootHistory;
import io.steadyline.port.ServerControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane's server: admin, health ({@code grpc.health.v1}) and reflection on one port.
 *
 * <p>Not ready until told so. Any thread may call; starting and closing exclude each other.
 */
public final class GrpcControlPlane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GrpcControlPlane.class);
    private static final int HANDLER_THREADS = 4;
    private static final int WAITING_HANDLERS = 256;
    private static final long CONNECTION_PING_S = 60;
    private static final long HANDSHAKE_TIMEOUT_S = 10;

    /** Streams that one connection may open and reset within a window, against rapid reset (CVE-2023-44487). */
    private static final int MAX_RESETS = 200;

    /** A bot may have all its phone calls on one connection. */
    private static final int AGENT_CALLS_PER_CONNECTION = 10_000;

    private static final int RESET_WINDOW_S = 30;

    private final GrpcConfig config;
    private final Watches watches;
    private final AdminService admin;
    private final Optional<GrpcAgentDoor> door;
    private final HealthStatusManager health = new HealthStatusManager();
    private final ExecutorService handlers = handlers();
    private @Nullable Server server;
    private boolean closed;
    /** 0: not started. Volatile: asked while another thread closes. */
    private volatile int port;

    /** Of a gateway whose agents do not come over gRPC. */
    public GrpcControlPlane(GrpcConfig config, CallDirectory directory, ServerControl control, BootHistory boots) {
        this(config, directory, control, boots, AgentControl.none(), Optional.empty());
    }

    /** @param door for bots that come over gRPC; closed with this */
    public GrpcControlPlane(
            GrpcConfig config,
            CallDirectory directory,
            ServerControl control,
            BootHistory boots,
            AgentControl agents,
            Optional<GrpcAgentDoor> door) {
        this.config = config;
        this.watches = new Watches(directory, config.limits());
        this.admin = new AdminService(directory, control, boots, agents, watches);
        this.door = door;
        setReady(false);
    }

    /**
     * Listens.
     *
     * @throws IllegalArgumentException the address may not be bound with this protection, or the TLS files are no use
     * @throws UncheckedIOException the address is taken or not of this host
     */
    public synchronized void start() {
        if (server != null || closed) {
            throw new IllegalStateException("admin control plane: already started or closed (expected: one start)");
        }
        InetSocketAddress address = BindPolicy.checked(config);
        try {
            server = build(address).start();
            port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "admin port: cannot listen on " + address.getHostString() + ":" + address.getPort() + " ("
                            + rootMessage(e) + "); expected: a free port on an address of this host",
                    e);
        }
        BindPolicy.warning(config, address.getAddress())
                .ifPresent(warning -> log.warn("admin: {}:{}: {}", config.bindAddress(), port(), warning));
        log.info("admin: listening on {}:{} ({})", config.bindAddress(), port(), protection());
    }

    /** The port it listens on, also when the system chose it. */
    public int port() {
        if (port == 0) {
            throw new IllegalStateException("admin control plane: not started (expected: start() before port())");
        }
        return port;
    }

    /** What health answers from now on; follows readiness, never load. */
    public void setReady(boolean ready) {
        ServingStatus status = ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(AdminGrpc.SERVICE_NAME, status);
    }

    /** Ends watches, lets calls in progress finish within the grace, then forces. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        health.enterTerminalState();
        if (server != null) {
            server.shutdown();
        }
        watches.close();
        door.ifPresent(GrpcAgentDoor::close);
        try {
            if (server != null
                    && !server.awaitTermination(config.limits().stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            handlers.shutdown();
        }
    }

    private Server build(InetSocketAddress address) throws IOException {
        GrpcLimits limits = config.limits();
        NettyServerBuilder builder = listeningOn(address)
                .executor(handlers)
                .maxInboundMessageSize(limits.maxMessageBytes())
                .maxConcurrentCallsPerConnection(maxCallsPerConnection())
                .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_S)
                .handshakeTimeout(HANDSHAKE_TIMEOUT_S, TimeUnit.SECONDS)
                .permitKeepAliveTime(limits.minKeepAlive().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(CONNECTION_PING_S, TimeUnit.SECONDS)
                .addService(admin)
                .addService(new AgentsService(door))
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(oldReflection());
        // The last one added is the first one to see a call.
        config.bearerToken().map(BearerInterceptor::new).ifPresent(builder::intercept);
        return builder.intercept(new FailureInterceptor())
                .intercept(new Caller())
                .build();
    }

    private int maxCallsPerConnection() {
        int usual = config.limits().maxCallsPerConnection();
        return door.isPresent() ? Math.max(usual, AGENT_CALLS_PER_CONNECTION) : usual;
    }

    private NettyServerBuilder listeningOn(InetSocketAddress address) throws IOException {
        ServerCredentials credentials = credentials();
        try {
            return NettyServerBuilder.forAddress(address, credentials);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "admin TLS files: "
                            + config.tls()
                                    .map(files -> files.certificateChain() + ", " + files.privateKey())
                                    .orElse("none")
                            + " (expected: a PEM certificate chain and its PKCS #8 key without password; found: "
                            + rootMessage(e) + ")",
                    e);
        }
    }

    private ServerCredentials credentials() throws IOException {
        if (config.tls().isEmpty()) {
            return InsecureServerCredentials.create();
        }
        GrpcTls tls = config.tls().get();
        TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder()
                .keyManager(tls.certificateChain().toFile(), tls.privateKey().toFile());
        if (tls.clientCa().isPresent()) {
            credentials.trustManager(tls.clientCa().get().toFile()).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
        }
        return credentials.build();
    }

    /** Most tools in the field still ask for v1alpha first or only. */
    @SuppressWarnings("deprecation")
    private static BindableService oldReflection() {
        return ProtoReflectionService.newInstance();
    }

    private String protection() {
        String tls = config.tls()
                .map(files -> files.clientCa().isPresent() ? "mutual TLS" : "TLS")
                .orElse("plaintext");
        return tls + (config.bearerToken().isPresent() ? ", bearer token" : "");
    }

    /** When it is full, the connection's own thread works: that slows the clients down, and nobody else. */
    private static ExecutorService handlers() {
        return new ThreadPoolExecutor(
                HANDLER_THREADS,
                HANDLER_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_HANDLERS),
                Thread.ofPlatform().daemon().name("admin-handler-", 0).factory(),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
