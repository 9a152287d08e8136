package io.steadyline.bootstrap.drill;

import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.AgentsGrpc.AgentsStub;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Audio;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.OfferAnswer;
import io.steadyline.agent.v1.Open;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.media.AudioFormat;
import io.steadyline.simulator.CallEvent;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.Speech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * From a bot's audio to the frame at the provider's end of the socket, while nothing else plays: the bot says one frame every
 * half second in each call. Bot and provider are this process, so that one clock measures both; two network hops and two
 * wake-ups of this process are part of the figure.
 */
final class ResponseTimes {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final long EVERY_MS = 500;
    private static final int RAMP_PER_SECOND = 50;

    private final Map<String, Long> saidNs = new ConcurrentHashMap<>();
    private final Map<String, StreamObserver<AttendRequest>> calls = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Double> tookMs = new ConcurrentLinkedQueue<>();
    private volatile boolean measuring;

    private ResponseTimes() {}

    static DrillResult measure(DrillContext context) throws Exception {
        return new ResponseTimes().run(context);
    }

    private DrillResult run(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of("STEADYLINE_AGENT", "grpc"));
        gateway.awaitReady();
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", context.setUp().grpcPort(), InsecureChannelCredentials.create())
                .build();
        ScheduledExecutorService mouth = Executors.newSingleThreadScheduledExecutor();
        try (Simulator simulator = Simulator.start()) {
            register(AgentsGrpc.newStub(channel));
            Duration ramp = Duration.ofMillis(1_000L * context.calls() / RAMP_PER_SECOND);
            Fleet fleet = Fleet.place(
                    simulator,
                    FleetPlan.of(() -> plan(context), context.calls(), Duration.ofHours(1))
                            .rampedBy(RAMP_PER_SECOND));
            KeptCalls.pause(ramp.plusSeconds(1));
            DrillFailure.require(!calls.isEmpty(), "the bot was offered no call");
            speak(mouth);
            KeptCalls.pause(WARM_UP);
            measuring = true;
            KeptCalls.pause(MEASURED);
            measuring = false;
            mouth.shutdownNow();
            fleet.finish();
            fleet.report().join();
        } finally {
            mouth.shutdownNow();
            channel.shutdownNow();
        }
        List<Double> sorted = new ArrayList<>(tookMs);
        Collections.sort(sorted);
        DrillFailure.require(!sorted.isEmpty(), "no frame came back");
        return new DrillResult(
                String.format(
                        Locale.ROOT,
                        "%d calls, %d frames: agent audio in to frame out p50 %.2f, p99 %.2f, max %.2f ms (wanted: at"
                                + " most 25 ms)",
                        context.calls(),
                        sorted.size(),
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.getLast()),
                "nothing");
    }

    private CallPlan.Builder plan(DrillContext context) {
        String callSid = newCallSid();
        return CallPlan.to(context.setUp().media())
                .callSid(callSid)
                .speech(Speech.silence())
                .keepAnswer(false)
                .listener(event -> onEvent(callSid, event));
    }

    private static String newCallSid() {
        return "CA" + UUID.randomUUID().toString().replace("-", "");
    }

    private void onEvent(String callSid, CallEvent event) {
        if (event.kind() != CallEvent.Kind.PLAYBACK_STARTED) {
            return;
        }
        Long said = saidNs.remove(callSid);
        if (said != null && measuring) {
            tookMs.add((System.nanoTime() - said) / 1e6);
        }
    }

    /** Calls take turns within the half second, as real ones do. */
    private void speak(ScheduledExecutorService mouth) {
        List<String> callSids = List.copyOf(calls.keySet());
        ByteString frame = ByteString.copyFrom(AudioFormat.MULAW_8K.silentPayload());
        long stepUs = EVERY_MS * 1_000 / callSids.size();
        for (int i = 0; i < callSids.size(); i++) {
            String callSid = callSids.get(i);
            var _ = mouth.scheduleAtFixedRate(
                    () -> say(callSid, frame), i * stepUs, EVERY_MS * 1_000, TimeUnit.MICROSECONDS);
        }
    }

    private void say(String callSid, ByteString frame) {
        saidNs.put(callSid, System.nanoTime());
        StreamObserver<AttendRequest> call = calls.get(callSid);
        if (call != null) {
            call.onNext(AttendRequest.newBuilder()
                    .setAudio(Audio.newBuilder().setPayload(frame))
                    .build());
        }
    }

    private void register(AgentsStub gateway) {
        Registration registration = new Registration(gateway);
        StreamObserver<RegisterRequest> to = gateway.register(registration);
        registration.answers = to;
        to.onNext(RegisterRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setName("response-times")
                        .setVersion("1")
                        .setCapacity(5_000))
                .build());
    }

    /** Takes every call. */
    private final class Registration implements StreamObserver<RegisterResponse> {

        private final AgentsStub gateway;

        @SuppressWarnings("NullAway.Init") // set before the first message can come
        private volatile StreamObserver<RegisterRequest> answers;

        Registration(AgentsStub gateway) {
            this.gateway = gateway;
        }

        @Override
        public void onNext(RegisterResponse message) {
            if (message.hasOffer()) {
                take(message.getOffer());
            }
        }

        private void take(Offer offer) {
            answers.onNext(RegisterRequest.newBuilder()
                    .setAnswer(OfferAnswer.newBuilder()
                            .setOfferId(offer.getOfferId())
                            .setAccept(true))
                    .build());
            StreamObserver<AttendRequest> call = gateway.attend(new Deaf());
            call.onNext(AttendRequest.newBuilder()
                    .setOpen(Open.newBuilder().setToken(offer.getToken()))
                    .build());
            calls.put(offer.getCall().getCallId(), call);
        }

        @Override
        public void onError(Throwable failure) {
            calls.clear();
        }

        @Override
        public void onCompleted() {
            calls.clear();
        }
    }

    /** What the caller does is of no interest. */
    private static final class Deaf implements StreamObserver<AttendResponse> {

        @Override
        public void onNext(AttendResponse message) {
            // Not measured.
        }

        @Override
        public void onError(Throwable failure) {
            // Its frames do not come back then, and are missing in the figures.
        }

        @Override
        public void onCompleted() {
            // The call has ended.
        }
    }
}
