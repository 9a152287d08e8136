package io.steadyline.grpc.agent;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Audio;
import io.steadyline.agent.v1.Mark;
import io.steadyline.agent.v1.Open;
import io.steadyline.grpc.TestPlane;
import io.steadyline.grpc.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call as a bot's program sees it. */
final class BotCall implements ClientResponseObserver<AttendRequest, AttendResponse> {

    final LinkedBlockingQueue<AttendResponse> heard = new LinkedBlockingQueue<>();
    /** How the stream ended; OK when it was completed. */
    final CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();

    private final boolean reads;
    private @Nullable ClientCallStreamObserver<AttendRequest> line;

    private BotCall(boolean reads) {
        this.reads = reads;
    }

    static BotCall open(ManagedChannel channel, AttendRequest first, boolean reads) {
        BotCall call = new BotCall(reads);
        var _ = AgentsGrpc.newStub(channel).attend(call);
        call.say(first);
        return call;
    }

    static AttendRequest open(Open.Builder open) {
        return AttendRequest.newBuilder().setOpen(open).build();
    }

    void say(AttendRequest message) {
        line().onNext(message);
    }

    void audio(byte[] payload) {
        audio(payload, 0);
    }

    void audio(byte[] payload, long epoch) {
        say(AttendRequest.newBuilder()
                .setAudio(Audio.newBuilder()
                        .setPayload(ByteString.copyFrom(payload))
                        .setEpoch(epoch))
                .build());
    }

    void mark(String name) {
        say(AttendRequest.newBuilder().setMark(Mark.newBuilder().setName(name)).build());
    }

    void leave() {
        line().onCompleted();
    }

    void breakDown() {
        line().cancel("the bot was killed", null);
    }

    void readOn() {
        line().request(100_000);
    }

    AttendResponse next() {
        try {
            return Objects.requireNonNull(heard.poll(40, TimeUnit.SECONDS), "nothing was said for 40 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the call", e);
        }
    }

    List<AttendResponse> next(int count) {
        List<AttendResponse> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(next());
        }
        return messages;
    }

    Status.Code endCode() {
        return Waits.on(end).getStatus().getCode();
    }

    String endReason() {
        return TestPlane.details(Waits.on(end)).getReason();
    }

    String endSentence() {
        return String.valueOf(Waits.on(end).getStatus().getDescription());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AttendRequest> stream) {
        line = stream;
        if (!reads) {
            stream.disableAutoRequestWithInitial(0);
        }
    }

    @Override
    public void onNext(AttendResponse message) {
        heard.add(message);
    }

    @Override
    public void onError(Throwable broken) {
        end.complete((StatusRuntimeException) broken);
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK.asRuntimeException());
    }

    private ClientCallStreamObserver<AttendRequest> line() {
        return Objects.requireNonNull(line, "not open");
    }
}
