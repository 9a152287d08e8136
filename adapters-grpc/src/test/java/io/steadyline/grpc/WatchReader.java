package io.steadyline.grpc;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Snapshot;
import io.steadyline.admin.v1.WatchSessionsRequest;
import io.steadyline.admin.v1.WatchSessionsResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client of a watch that reads as fast as it can, or only when told to. */
final class WatchReader implements ClientResponseObserver<WatchSessionsRequest, WatchSessionsResponse> {

    private final boolean reads;
    private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
    private final List<SecondRecord> seconds = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<WatchSessionsRequest> call;

    private WatchReader(boolean reads) {
        this.reads = reads;
    }

    static WatchReader reading(TestPlane plane, String id) {
        return new WatchReader(true).watch(plane, id);
    }

    /** Takes the first message, then nothing until {@link #readOn}. */
    static WatchReader notReading(TestPlane plane, String id) {
        return new WatchReader(false).watch(plane, id);
    }

    private WatchReader watch(TestPlane plane, String id) {
        AdminGrpc.newStub(plane.channel())
                .watchSessions(WatchSessionsRequest.newBuilder().setId(id).build(), this);
        return this;
    }

    void readOn() {
        Objects.requireNonNull(call).request(Integer.MAX_VALUE);
    }

    void cancel() {
        Objects.requireNonNull(call).cancel("test", null);
    }

    List<Snapshot> snapshots() {
        return snapshots;
    }

    List<SecondRecord> seconds() {
        return seconds;
    }

    boolean isOver() {
        return end.isDone();
    }

    /** How it ended; {@code OK} too is a status here. Waits for it. */
    Throwable end() {
        return Waits.on(end);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchSessionsRequest> requests) {
        call = requests;
        if (!reads) {
            requests.disableAutoRequestWithInitial(1);
        }
    }

    @Override
    public void onNext(WatchSessionsResponse message) {
        if (message.hasSnapshot()) {
            snapshots.add(message.getSnapshot());
        } else {
            seconds.add(message.getSecond());
        }
    }

    @Override
    public void onError(Throwable status) {
        end.complete(status);
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK.asRuntimeException());
    }
}
