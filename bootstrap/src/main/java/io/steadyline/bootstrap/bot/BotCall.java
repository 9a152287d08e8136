package io.steadyline.bootstrap.bot;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.Acknowledge;
import io.steadyline.agent.v1.AgentsGrpc.AgentsStub;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Audio;
import io.steadyline.agent.v1.AudioEncoding;
import io.steadyline.agent.v1.Mark;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.Open;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call over gRPC. Its messages come one after the other, on gRPC's threads. */
final class BotCall implements StreamObserver<AttendResponse>, TalkingCall.Mouth {

    private static final Logger LOG = LoggerFactory.getLogger(BotCall.class);

    private final String callId;
    private final boolean echoes;
    private final Runnable onEnd;
    private final Optional<TalkingCall> talk;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable StreamObserver<AttendRequest> out;
    private long epoch;
    private long heardPosition = -1;

    private BotCall(String callId, BotOptions options, Optional<Ledger> ledger, Runnable onEnd) {
        this.callId = callId;
        this.echoes = options.echoes();
        this.onEnd = onEnd;
        this.talk = options.echoes() ? Optional.empty() : ledger.map(to -> TalkingCall.of(callId, to, this));
    }

    static void open(AgentsStub gateway, Offer offer, BotOptions options, Optional<Ledger> ledger, Runnable onEnd) {
        BotCall call = new BotCall(offer.getCall().getCallId(), options, ledger, onEnd);
        // Nothing comes before Open has been sent.
        StreamObserver<AttendRequest> out = gateway.attend(call);
        call.out = out;
        out.onNext(AttendRequest.newBuilder()
                .setOpen(Open.newBuilder()
                        .setToken(offer.getToken())
                        .setCallerAudio(AudioEncoding.AUDIO_ENCODING_MULAW_8K)
                        .setAcknowledges(!options.echoes()))
                .build());
    }

    @Override
    public void onNext(AttendResponse message) {
        boolean isNew = message.getSequence() == 0
                || talk.isEmpty()
                || talk.get()
                        .onEvent(
                                message.getSequence(), message.getReplay(), message.getMessageCase() + detail(message));
        switch (message.getMessageCase()) {
            case STARTED -> {
                epoch = message.getStarted().getEpoch();
                LOG.info("call {} {}", callId, message.getStarted().getResumed() ? "goes on" : "begins");
                talk.ifPresent(call -> call.onStarted(
                        message.getStarted().getResumed(), message.getStarted().getGatewayBootId()));
            }
            case AUDIO -> {
                heardPosition = message.getAudio().getPosition();
                if (echoes && !message.getReplay()) {
                    audio(message.getAudio().getPayload());
                }
            }
            case INTERRUPTED -> epoch = message.getInterrupted().getEpoch();
            case MARK -> {
                if (isNew) {
                    talk.ifPresent(call -> call.onMark(
                            message.getMark().getName(),
                            message.getMark().getOutcome().toString()));
                }
            }
            case WARNING -> LOG.warn("call {}: {}", callId, message.getWarning().getText());
            case ENDED ->
                LOG.info("call {} ended: {}", callId, message.getEnded().getReason());
            default -> {
                // In the ledger, where one is kept.
            }
        }
        if (talk.isPresent() && message.getSequence() != 0) {
            send(AttendRequest.newBuilder()
                    .setAcknowledge(Acknowledge.newBuilder()
                            .setSequence(talk.get().lastSequence())
                            .setAudioPosition(heardPosition))
                    .build());
        }
    }

    private static String detail(AttendResponse message) {
        return switch (message.getMessageCase()) {
            case FINAL -> " " + message.getFinal().getText();
            case DTMF -> " " + message.getDtmf().getDigit();
            case MARK -> " " + message.getMark().getName();
            default -> "";
        };
    }

    @Override
    public void onError(Throwable failure) {
        LOG.warn("call {}: {}", callId, FailureLine.of(failure));
        end();
    }

    @Override
    public void onCompleted() {
        if (out != null) {
            out.onCompleted();
        }
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
        }
    }

    @Override
    public void say(byte[] audio) {
        audio(ByteString.copyFrom(audio));
    }

    private void audio(ByteString payload) {
        send(AttendRequest.newBuilder()
                .setAudio(Audio.newBuilder().setPayload(payload).setEpoch(epoch))
                .build());
    }

    @Override
    public void mark(String name) {
        send(AttendRequest.newBuilder()
                .setMark(Mark.newBuilder().setName(name).setEpoch(epoch))
                .build());
    }

    private void send(AttendRequest message) {
        StreamObserver<AttendRequest> to = out;
        if (to != null && !ended.get()) {
            to.onNext(message);
        }
    }
}
