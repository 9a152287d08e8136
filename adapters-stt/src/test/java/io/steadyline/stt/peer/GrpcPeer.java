package io.steadyline.stt.peer;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.Attributes;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A vendor's gRPC server on a loopback port, made from the base class of the vendor's own service, with a vendor's language
 * on each call. Goes wrong where its script says so, where its limits are reached, and nowhere else. Clients reach it
 * through a relay, so that their TCP connection can be lost.
 */
public final class GrpcPeer implements AutoCloseable {

    /** Small, so that a peer that stops reading is felt soon. */
    private static final int WINDOW_BYTES = 8_192;

    private static final Context.Key<PeerRequest> REQUEST = Context.key("request");
    private static final Context.Key<ServerCall<?, InputStream>> WIRE = Context.key("wire");

    /** Where a service gives its calls. */
    public final class Door {
        private Door() {}

        public <Q extends MessageLite, A extends MessageLite> StreamObserver<Q> call(
                StreamObserver<A> answers, Parser<A> parser) {
            return accept((ServerCallStreamObserver<A>) answers, parser);
        }
    }

    private final Supplier<? extends PeerDialect> dialects;
    private final VendorAudio audio;
    private final GrpcLimits limits;
    private final Server server;
    private final TcpRelay relay;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final Map<Integer, PeerScript> scripts = new ConcurrentHashMap<>();
    private final List<GrpcCall> calls = new CopyOnWriteArrayList<>();
    private final List<PeerRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile PeerScript others = new PeerScript();

    /**
     * @param service makes the vendor's service, each of whose calls it gives to the door
     * @param audio what the clients are expected to send
     */
    public GrpcPeer(
            Function<Door, BindableService> service,
            Supplier<? extends PeerDialect> dialects,
            VendorAudio audio,
            GrpcLimits limits) {
        this.dialects = dialects;
        this.audio = audio;
        this.limits = limits;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .initialFlowControlWindow(WINDOW_BYTES)
                    .flowControlWindow(WINDOW_BYTES)
                    .addTransportFilter(new ConnectionCount())
                    .addService(ServerInterceptors.intercept(
                            ServerInterceptors.useInputStreamMessages(
                                    service.apply(new Door()).bindService()),
                            new RequestReader()))
                    .build()
                    .start();
            relay = new TcpRelay(server.getPort(), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** What goes wrong on the call of this number, from 1; refused ones count too. */
    public PeerScript script(int number) {
        return scripts.computeIfAbsent(number, fresh -> new PeerScript());
    }

    /** What goes wrong on each call without a script of its own. */
    public PeerScript everyOther() {
        return others;
    }

    /** From now on each call without a script of its own is well again. */
    public void recover() {
        others = new PeerScript();
    }

    /** Without TLS. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + relay.port());
    }

    public TcpRelay relay() {
        return relay;
    }

    /** One more way to the server, at a port that the test has chosen; for the test to close. */
    public TcpRelay relayAt(int port) {
        try {
            return new TcpRelay(server.getPort(), port);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /** All that were not refused, in order. */
    public List<GrpcCall> calls() {
        return List.copyOf(calls);
    }

    public GrpcCall latest() {
        return calls.getLast();
    }

    /** Whether granted or not. */
    public List<PeerRequest> requests() {
        return List.copyOf(requests);
    }

    public int openedEver() {
        return calls.size();
    }

    public int openNow() {
        return (int) calls.stream().filter(GrpcCall::isOpen).count();
    }

    /** HTTP/2 connections there have been, whatever their calls. */
    public int connectionsEver() {
        return connections.get();
    }

    public long audioBytes() {
        return calls.stream().mapToLong(GrpcCall::audioBytes).sum();
    }

    /** Ends everything. A mistake of a dialect here fails the test. */
    @Override
    public void close() {
        clock.shutdownNow();
        relay.close();
        server.shutdownNow();
        try {
            server.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (GrpcCall call : calls) {
            for (Throwable failure : call.failures()) {
                throw new AssertionError(call + ": " + failure.getMessage(), failure);
            }
        }
    }

    private <Q extends MessageLite, A extends MessageLite> StreamObserver<Q> accept(
            ServerCallStreamObserver<A> answers, Parser<A> parser) {
        PeerRequest request = REQUEST.get();
        requests.add(request);
        int number = requests.size();
        PeerScript script = scripts.getOrDefault(number, others);
        PeerDialect dialect = dialects.get();
        GrpcCall call =
                new GrpcCall(number, request, script, dialect, audio, new GrpcAnswers<>(answers, parser, WIRE.get()), relay::drop);
        boolean refused = script.refusal()
                .or(() -> dialect.onRequest(request, script.requestTrouble()))
                .map(call::refuse)
                .isPresent();
        if (!refused) {
            calls.add(call);
        }
        return call.start(limits, clock);
    }

    /** The request as the dialects know it: metadata are its headers. And a way for bytes that are no message. */
    private static final class RequestReader implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            Map<String, String> headers = new LinkedHashMap<>();
            for (String name : metadata.keys()) {
                if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                    String value = metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
                    headers.put(name, value == null ? "" : value);
                }
            }
            String path = "/" + call.getMethodDescriptor().getFullMethodName();
            @SuppressWarnings("unchecked") // All messages are streams here.
            ServerCall<?, InputStream> wire = (ServerCall<?, InputStream>) call;
            Context context = Context.current()
                    .withValues(REQUEST, new PeerRequest(path, Map.of(), headers), WIRE, wire);
            return Contexts.interceptCall(context, call, metadata, next);
        }
    }

    private final class ConnectionCount extends ServerTransportFilter {
        @Override
        public Attributes transportReady(Attributes attributes) {
            connections.incrementAndGet();
            return attributes;
        }
    }
}
