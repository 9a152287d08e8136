package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.AgentsGrpc.AgentsStub;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.AudioEncoding;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.OfferAnswer;
import io.steadyline.agent.v1.Open;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A bot that asks for as much audio as there is, and then reads none of it. */
final class SlowBot implements AutoCloseable {

    private static final String NAME = "never-reads";
    private static final int MOST_CALLS = 100;
    /** HTTP/2's windows of up to 8 MiB take all there is at first; then come the 10 s of backlog. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final ManagedChannel channel;
    private final AgentsStub gateway;
    private final AtomicReference<@Nullable StreamObserver<RegisterRequest>> registration = new AtomicReference<>();
    private final CompletableFuture<String> taken = new CompletableFuture<>();

    private SlowBot(int grpcPort) {
        channel = Grpc.newChannelBuilderForAddress("127.0.0.1", grpcPort, InsecureChannelCredentials.create())
                .build();
        gateway = AgentsGrpc.newStub(channel);
    }

    static DrillResult drill(DrillContext context) throws Exception {
        Path ledger = context.setUp().directory().resolve("good.ledger");
        DrillGateway gateway =
                context.start(false, Map.of("STEADYLINE_AGENT", "grpc", "STEADYLINE_STT_BUILTIN_WORDS", "on"));
        gateway.awaitReady();
        try (SlowBot slow = new SlowBot(context.setUp().grpcPort());
                Simulator simulator = Simulator.start()) {
            slow.register();
            Fleet first = place(context, simulator, context.few());
            String callId = slow.taken.get(10, TimeUnit.SECONDS);
            try (BotProcess _ = BotProcess.grpc(context, "good", ledger).awaitReady()) {
                Fleet others = place(context, simulator, context.few());
                long memoryMib = Machine.residentMib(gateway.workerPid());
                long sinceNs = System.nanoTime();
                gateway.await(
                        "a line that says that the bot does not read",
                        LONGEST,
                        () -> gateway.lines().stream()
                                .filter(line -> line.contains(callId) && line.contains("does not read"))
                                .findFirst());
                long cutAfterS = (System.nanoTime() - sinceNs) / 1_000_000_000;
                long grownMib = Machine.residentMib(gateway.workerPid()) - memoryMib;
                KeptCalls.pause(Duration.ofSeconds(12));
                first.finish();
                others.finish();
                FleetReport one = first.report().join();
                FleetReport rest = others.report().join();
                require(
                        one.completed() == context.few() && rest.completed() == context.few(),
                        "calls that ended as planned: " + one.completed() + " and " + rest.completed() + ", each of "
                                + context.few() + gateway.warnings(0));
                KeptCalls.pause(Duration.ofSeconds(1));
                Told told = Told.read(ledger).get(callId);
                require(told != null, "the slow bot's call was not offered to the other one");
                return new DrillResult(
                        "the bot's calls are taken from it after " + cutAfterS
                                + " s (\"does not read\"), and go to the next one," + " resident memory "
                                + (grownMib >= 0 ? "+" : "") + grownMib + " MiB",
                        "no call; of " + context.few() + " beside it none noticed");
            }
        }
    }

    private static Fleet place(DrillContext context, Simulator simulator, int calls) {
        return Fleet.place(
                simulator,
                FleetPlan.of(
                        () -> CallPlan.to(context.setUp().media()).speech(Rejoins.SENTENCES),
                        calls,
                        Duration.ofHours(1)));
    }

    private void register() {
        StreamObserver<RegisterRequest> to = gateway.register(new StreamObserver<>() {
            @Override
            public void onNext(RegisterResponse message) {
                if (message.hasOffer()) {
                    take(message.getOffer());
                }
            }

            @Override
            public void onError(Throwable failure) {
                taken.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                taken.completeExceptionally(new DrillFailure("the registration ended"));
            }
        });
        registration.set(to);
        to.onNext(RegisterRequest.newBuilder()
                .setHello(Hello.newBuilder().setName(NAME).setVersion("1").setCapacity(MOST_CALLS))
                .build());
    }

    private void take(Offer offer) {
        StreamObserver<RegisterRequest> to = registration.get();
        if (to == null) {
            return;
        }
        to.onNext(RegisterRequest.newBuilder()
                .setAnswer(
                        OfferAnswer.newBuilder().setOfferId(offer.getOfferId()).setAccept(true))
                .build());
        StreamObserver<AttendRequest> call = gateway.attend(new ReadsNothing());
        call.onNext(AttendRequest.newBuilder()
                .setOpen(Open.newBuilder()
                        .setToken(offer.getToken())
                        .setCallerAudio(AudioEncoding.AUDIO_ENCODING_L16_24K))
                .build());
        // The first is the one that is looked at.
        taken.complete(offer.getCall().getCallId());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Asks for the first message only. */
    private static final class ReadsNothing implements ClientResponseObserver<AttendRequest, AttendResponse> {

        @Override
        public void beforeStart(ClientCallStreamObserver<AttendRequest> stream) {
            stream.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(AttendResponse message) {
            // The first one, which everybody gets.
        }

        @Override
        public void onError(Throwable failure) {
            // What the drill is about; the gateway's log is what it looks at.
        }

        @Override
        public void onCompleted() {
            // The call ended.
        }
    }
}
