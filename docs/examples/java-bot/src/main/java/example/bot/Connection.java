package example.bot;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.OfferAnswer;
import io.steadyline.agent.v1.OfferWithdrawn;
import io.steadyline.agent.v1.Open;
import io.steadyline.agent.v1.Readiness;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.agent.v1.Registered;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A bot's side of steadyline.agent.v1: registers, takes calls, and comes back when the gateway was away. */
final class Connection {

    private static final long FIRST_PAUSE_MS = 200;
    private static final long LAST_PAUSE_MS = 5000;
    private static final long GOODBYE_MS = 1000;
    /** A gateway whose machine is gone says nothing any more. More often than every 30 s is refused. */
    private static final long PING_S = 60;
    /** Trying again would not help. */
    private static final Set<Code> HOPELESS =
            Set.of(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION, Code.UNAUTHENTICATED);

    private final Bot.Kind kind;
    private final Options options;
    private final ManagedChannel channel;
    private final AgentsGrpc.AgentsStub stub;
    private final Object lock = new Object();
    /** Guarded by the lock, as what follows. */
    private int calls;

    private boolean stopping;
    /** Null before the first. */
    private Registration registration;

    private Connection(Bot.Kind kind, Options options) {
        this.kind = kind;
        this.options = options;
        this.channel = NettyChannelBuilder.forTarget(options.target())
                .usePlaintext()
                .keepAliveTime(PING_S, TimeUnit.SECONDS)
                .build();
        this.stub = AgentsGrpc.newStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata()));
    }

    /** Until SIGTERM or SIGINT. */
    static void serve(Bot.Kind kind, String... args) throws InterruptedException {
        Connection connection = new Connection(kind, Options.of(kind.name(), args));
        Thread stop = new Thread(connection::stop, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        connection.stayRegistered();
        stop.join();
    }

    private static Metadata metadata() {
        Metadata metadata = new Metadata();
        String token = System.getenv("STEADYLINE_GRPC_BEARER_TOKEN");
        if (token != null) {
            metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        return metadata;
    }

    private void stayRegistered() throws InterruptedException {
        long pauseMs = FIRST_PAUSE_MS;
        while (true) {
            // gRPC's own pauses would grow to two minutes.
            channel.resetConnectBackoff();
            Registration current = new Registration();
            synchronized (lock) {
                if (stopping) {
                    return;
                }
                registration = current;
                current.begin();
            }
            Status status = current.over.join();
            synchronized (lock) {
                if (stopping) {
                    return;
                }
            }
            String why = options.target() + ": " + status.getCode() + ": " + status.getDescription()
                    + (status.getCause() == null ? "" : ": " + status.getCause().getMessage());
            if (HOPELESS.contains(status.getCode())) {
                System.err.println(why);
                Runtime.getRuntime().halt(1);
            }
            pauseMs = current.registered ? FIRST_PAUSE_MS : Math.min(2 * pauseMs, LAST_PAUSE_MS);
            System.out.println(why + "; again in " + pauseMs + " ms");
            // Not all bots of a gateway that comes back in the same moment.
            Thread.sleep(ThreadLocalRandom.current().nextLong(pauseMs / 2, pauseMs + 1));
        }
    }

    /** One registration, until its stream ends. */
    private final class Registration implements StreamObserver<RegisterResponse> {

        private final CompletableFuture<Status> over = new CompletableFuture<>();
        private volatile boolean registered;
        private StreamObserver<RegisterRequest> requests;

        void begin() {
            requests = stub.register(this);
            send(RegisterRequest.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setName(options.name())
                            .setVersion(options.version())
                            .setCapacity(options.capacity())));
        }

        void send(RegisterRequest.Builder request) {
            synchronized (lock) {
                requests.onNext(request.build());
            }
        }

        @Override
        public void onNext(RegisterResponse response) {
            switch (response.getMessageCase()) {
                case REGISTERED -> {
                    Registered as = response.getRegistered();
                    registered = true;
                    System.out.println("registered as " + as.getBotId() + ", gateway " + as.getGatewayBootId());
                }
                case OFFER -> onOffer(this, response.getOffer());
                case WITHDRAWN -> {
                    // If the call was accepted, its stream ends by itself.
                    OfferWithdrawn withdrawn = response.getWithdrawn();
                    System.out.println("offer " + withdrawn.getOfferId() + " withdrawn: " + withdrawn.getReason());
                }
                case MESSAGE_NOT_SET -> {}
            }
        }

        @Override
        public void onError(Throwable failure) {
            over.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            over.complete(Status.OK.withDescription("the gateway ended the registration"));
        }
    }

    private void onOffer(Registration from, Offer offer) {
        boolean accept;
        String reason;
        synchronized (lock) {
            accept = !stopping && calls < options.capacity();
            reason = accept ? "" : stopping ? "stopping" : "full";
            calls += accept ? 1 : 0;
        }
        from.send(RegisterRequest.newBuilder()
                .setAnswer(OfferAnswer.newBuilder()
                        .setOfferId(offer.getOfferId())
                        .setAccept(accept)
                        .setReason(reason)));
        if (accept) {
            Open open = kind.open().toBuilder().setToken(offer.getToken()).build();
            Call call = new Call(offer.getCall().getCallId(), open, kind, this::onCallOver);
            stub.attend(call);
            call.open();
        }
    }

    private void onCallOver() {
        synchronized (lock) {
            calls--;
            lock.notifyAll();
        }
    }

    private void stop() {
        long deadlineNs = System.nanoTime() + options.grace().toNanos();
        try {
            synchronized (lock) {
                stopping = true;
                if (registration == null) {
                    return;
                }
                registration.send(RegisterRequest.newBuilder()
                        .setReadiness(Readiness.newBuilder().setReady(false)));
                System.out.println("stopping; " + calls + " calls");
                for (long leftNs = options.grace().toNanos(); calls > 0 && leftNs > 0; ) {
                    TimeUnit.NANOSECONDS.timedWait(lock, leftNs);
                    leftNs = deadlineNs - System.nanoTime();
                }
                System.out.println("stopped; " + calls + " calls left to others");
                registration.requests.onCompleted();
            }
            registration
                    .over
                    .completeOnTimeout(Status.OK, GOODBYE_MS, TimeUnit.MILLISECONDS)
                    .join();
            channel.shutdownNow().awaitTermination(GOODBYE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            System.out.flush();
            // Else the exit code would be that of the signal.
            Runtime.getRuntime().halt(0);
        }
    }
}
