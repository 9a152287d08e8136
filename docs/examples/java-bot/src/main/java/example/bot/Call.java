package example.bot;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.steadyline.agent.v1.Acknowledge;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Audio;
import io.steadyline.agent.v1.HangUp;
import io.steadyline.agent.v1.KeepContext;
import io.steadyline.agent.v1.Mark;
import io.steadyline.agent.v1.Open;

/** One call, as its bot sees it, and its stream. What is sent may be sent from any thread. */
final class Call implements ClientResponseObserver<AttendRequest, AttendResponse> {

    private static final int MAX_AUDIO_BYTES = 256 * 1024;
    private static final int FRAMES_PER_ACKNOWLEDGE = 50;

    private final String id;
    private final Open open;
    private final Runnable onOver;
    private final Bot bot;
    private ClientCallStreamObserver<AttendRequest> requests;
    private volatile long epoch;
    private long sequence;
    private long audioPosition = -1;

    Call(String id, Open open, Bot.Kind kind, Runnable onOver) {
        this.id = id;
        this.open = open;
        this.onOver = onOver;
        this.bot = kind.make().apply(this);
    }

    /** As told last. A bot that says a sentence bit by bit remembers in which it began: after a clear the rest is dropped. */
    long epoch() {
        return epoch;
    }

    void play(ByteString audio, long audioEpoch) {
        for (int start = 0; start < audio.size(); start += MAX_AUDIO_BYTES) {
            ByteString payload = audio.substring(start, Math.min(audio.size(), start + MAX_AUDIO_BYTES));
            send(AttendRequest.newBuilder()
                    .setAudio(Audio.newBuilder().setPayload(payload).setEpoch(audioEpoch)));
        }
    }

    void mark(String name, long markEpoch) {
        send(AttendRequest.newBuilder().setMark(Mark.newBuilder().setName(name).setEpoch(markEpoch)));
    }

    void hangUp(String reason) {
        send(AttendRequest.newBuilder().setHangUp(HangUp.newBuilder().setReason(reason)));
    }

    void keep(ByteString context) {
        send(AttendRequest.newBuilder().setKeepContext(KeepContext.newBuilder().setContext(context)));
    }

    void log(String text) {
        System.out.println(id + " " + text);
    }

    private synchronized void send(AttendRequest.Builder request) {
        requests.onNext(request.build());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AttendRequest> stream) {
        requests = stream;
    }

    /** The first message; the answer starts the call. */
    void open() {
        send(AttendRequest.newBuilder().setOpen(open));
    }

    @Override
    public void onNext(AttendResponse response) {
        switch (response.getMessageCase()) {
            case STARTED -> {
                epoch = response.getStarted().getEpoch();
                sequence = response.getStarted().getNextSequence() - 1;
            }
            case INTERRUPTED -> epoch = response.getInterrupted().getEpoch();
            case AUDIO -> audioPosition = response.getAudio().getPosition();
            default -> {}
        }
        try {
            bot.on(response);
        } catch (RuntimeException failure) {
            // The call is offered to the next one.
            log("failed: " + failure);
            requests.cancel("the bot failed", failure);
            return;
        }
        if (open.getAcknowledges()) {
            acknowledge(response);
        }
    }

    private void acknowledge(AttendResponse response) {
        if (response.getSequence() > 0) {
            sequence = response.getSequence();
        } else if (!response.hasAudio() || audioPosition % FRAMES_PER_ACKNOWLEDGE != 0) {
            return;
        }
        send(AttendRequest.newBuilder()
                .setAcknowledge(Acknowledge.newBuilder().setSequence(sequence).setAudioPosition(audioPosition)));
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        log("left: " + status.getCode() + ": " + status.getDescription());
        onOver.run();
    }

    @Override
    public void onCompleted() {
        requests.onCompleted();
        onOver.run();
    }
}
