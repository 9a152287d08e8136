package io.steadyline.bootstrap.bot;

import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.OfferAnswer;
import io.steadyline.agent.v1.Readiness;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bot that registers at a gateway, takes every call that it is offered, and registers again when the gateway was away. */
public final class GrpcBot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcBot.class);
    private static final int CAPACITY = 1000;
    private static final long FIRST_RETRY_MS = 100;
    private static final long LAST_RETRY_MS = 2_000;
    private static final long GRACE_POLL_NS = 50_000_000;

    private final BotOptions options;
    private final Optional<Ledger> ledger;
    private final ManagedChannel channel;
    private final AgentsGrpc.AgentsStub gateway;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("bot-timer").factory());
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable StreamObserver<RegisterRequest> registration;
    private volatile boolean leaving;
    private long retryMs = FIRST_RETRY_MS;

    private GrpcBot(String host, int port, BotOptions options) throws IOException {
        this.options = options;
        this.ledger = options.ledger().isPresent()
                ? Optional.of(Ledger.open(options.ledger().get()))
                : Optional.empty();
        this.channel = Grpc.newChannelBuilderForAddress(host, port, InsecureChannelCredentials.create())
                .build();
        AgentsGrpc.AgentsStub plain = AgentsGrpc.newStub(channel);
        this.gateway = options.bearerToken()
                .map(token -> plain.withCallCredentials(new Bearer(token)))
                .orElse(plain);
    }

    /** Registers and returns; calls are served by gRPC's threads. */
    public static GrpcBot start(String host, int port, BotOptions options) throws IOException {
        GrpcBot bot = new GrpcBot(host, port, options);
        bot.register();
        return bot;
    }

    private void register() {
        if (leaving) {
            return;
        }
        registration = gateway.register(new StreamObserver<>() {
            @Override
            public void onNext(RegisterResponse message) {
                switch (message.getMessageCase()) {
                    case REGISTERED -> {
                        retryMs = FIRST_RETRY_MS;
                        LOG.info(
                                "registered as {} at boot {}",
                                message.getRegistered().getBotId(),
                                message.getRegistered().getGatewayBootId());
                    }
                    case OFFER -> take(message.getOffer());
                    case WITHDRAWN ->
                        LOG.info("offer withdrawn: {}", message.getWithdrawn().getReason());
                    case MESSAGE_NOT_SET -> LOG.warn("a message of a newer gateway");
                }
            }

            @Override
            public void onError(Throwable failure) {
                again(FailureLine.of(failure));
            }

            @Override
            public void onCompleted() {
                again("the gateway ended it");
            }
        });
        tell(RegisterRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setName(options.name())
                        .setVersion("1")
                        .setCapacity(CAPACITY))
                .build());
    }

    private void again(String why) {
        if (leaving) {
            return;
        }
        LOG.warn("not registered: {}; next try in {} ms", why, retryMs);
        var _ = timer.schedule(this::register, retryMs, TimeUnit.MILLISECONDS);
        retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
    }

    private void take(Offer offer) {
        tell(RegisterRequest.newBuilder()
                .setAnswer(OfferAnswer.newBuilder()
                        .setOfferId(offer.getOfferId())
                        .setAccept(!leaving)
                        .setReason(leaving ? "leaving" : ""))
                .build());
        if (!leaving) {
            calls.incrementAndGet();
            BotCall.open(gateway, offer, options, ledger, calls::decrementAndGet);
        }
    }

    private void tell(RegisterRequest message) {
        StreamObserver<RegisterRequest> to = registration;
        if (to != null) {
            synchronized (this) {
                to.onNext(message);
            }
        }
    }

    /** Takes no more calls and waits for those that run. */
    public void leave(Duration grace) {
        leaving = true;
        tell(RegisterRequest.newBuilder()
                .setReadiness(Readiness.getDefaultInstance())
                .build());
        long deadlineNs = System.nanoTime() + grace.toNanos();
        while (calls.get() > 0 && deadlineNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(GRACE_POLL_NS);
        }
    }

    @Override
    public void close() throws IOException {
        leaving = true;
        timer.shutdownNow();
        channel.shutdownNow();
        if (ledger.isPresent()) {
            ledger.get().close();
        }
    }

    /** {@code authorization: Bearer …} with each call. */
    private static final class Bearer extends CallCredentials {

        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        private final String token;

        Bearer(String token) {
            this.token = token;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            Metadata metadata = new Metadata();
            metadata.put(AUTHORIZATION, "Bearer " + token);
            applier.apply(metadata);
        }
    }
}
