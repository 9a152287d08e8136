package io.steadyline.grpc.agent;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.OfferAnswer;
import io.steadyline.agent.v1.Open;
import io.steadyline.agent.v1.Readiness;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.grpc.Waits;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A bot's program, over a real connection. */
final class TestBot implements StreamObserver<RegisterResponse> {

    final LinkedBlockingQueue<Offer> offers = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> withdrawn = new LinkedBlockingQueue<>();
    final CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();
    private final CompletableFuture<String> id = new CompletableFuture<>();
    private final ManagedChannel channel;
    private final StreamObserver<RegisterRequest> line;
    private volatile Open.@Nullable Builder opensAtOnce;

    TestBot(ManagedChannel channel) {
        this.channel = channel;
        this.line = AgentsGrpc.newStub(channel).register(this);
    }

    static TestBot named(String name, ManagedChannel channel) {
        return of(Hello.newBuilder().setName(name).setVersion("1").setCapacity(10), channel);
    }

    static TestBot of(Hello.Builder hello, ManagedChannel channel) {
        TestBot bot = new TestBot(channel);
        bot.say(RegisterRequest.newBuilder().setHello(hello).build());
        Waits.on(bot.id);
        return bot;
    }

    /** Takes each call that it is offered. */
    TestBot takingAll(Open.Builder open) {
        opensAtOnce = open;
        return this;
    }

    String id() {
        return Waits.on(id);
    }

    void say(RegisterRequest message) {
        line.onNext(message);
    }

    void ready(boolean ready) {
        say(RegisterRequest.newBuilder()
                .setReadiness(Readiness.newBuilder().setReady(ready))
                .build());
    }

    Offer nextOffer() {
        try {
            return Objects.requireNonNull(offers.poll(40, TimeUnit.SECONDS), "no offer for 40 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an offer", e);
        }
    }

    void accept(Offer offer) {
        answer(offer, true, "");
    }

    void decline(Offer offer, String reason) {
        answer(offer, false, reason);
    }

    /** Accepts the next offer and opens its call, to hear µ-law. */
    BotCall takeNext() {
        return takeNext(Open.newBuilder().setCallerAudio(io.steadyline.agent.v1.AudioEncoding.AUDIO_ENCODING_MULAW_8K));
    }

    BotCall takeNext(Open.Builder open) {
        Offer offer = nextOffer();
        accept(offer);
        return open(offer, open, true);
    }

    BotCall open(Offer offer, Open.Builder open, boolean reads) {
        return BotCall.open(channel, BotCall.open(open.clone().setToken(offer.getToken())), reads);
    }

    void leave() {
        line.onCompleted();
    }

    void breakDown() {
        line.onError(Status.CANCELLED.asRuntimeException());
    }

    @Override
    public void onNext(RegisterResponse message) {
        switch (message.getMessageCase()) {
            case REGISTERED -> id.complete(message.getRegistered().getBotId());
            case OFFER -> {
                Open.Builder open = opensAtOnce;
                offers.add(message.getOffer());
                if (open != null) {
                    accept(message.getOffer());
                    var _ = open(message.getOffer(), open, true);
                }
            }
            case WITHDRAWN -> withdrawn.add(message.getWithdrawn().getReason());
            case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
        }
    }

    @Override
    public void onError(Throwable broken) {
        end.complete((StatusRuntimeException) broken);
        id.completeExceptionally(broken);
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK.asRuntimeException());
    }

    private void answer(Offer offer, boolean accept, String reason) {
        say(RegisterRequest.newBuilder()
                .setAnswer(OfferAnswer.newBuilder()
                        .setOfferId(offer.getOfferId())
                        .setAccept(accept)
                        .setReason(reason))
                .build());
    }
}
