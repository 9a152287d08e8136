package io.steadyline.grpc;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.steadyline.admin.v1.Snapshot;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.call.CallDirectory;
import io.steadyline.call.CallView;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.CallSecond;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches one call or all.
 *
 * <p>Its buffer: Puts: the media loop. Takes: the watch thread, while the client's connection takes more. Order: arrival.
 * Bound: records. Full: the watch is cut; a hole in a telemetry stream would be read as health. Closed: nothing is put
 * any more.
 *
 * <p>Everything but {@link #onSecond} runs on the watch thread.
 */
final class SessionWatch {

    private static final Logger log = LoggerFactory.getLogger(SessionWatch.class);
    private static final int SESSIONS_PER_SNAPSHOT = 200;

    /** About 2 s of silence: longer than a call's last record can lag behind its end. */
    private static final int IDLE_PUMPS_BEFORE_LOOKING = 40;

    private final CallDirectory directory;
    private final Optional<CallId> only;
    private final String caller;
    private final ServerCallStreamObserver<WatchSessionsResponse> client;
    private final int maxRecords;
    private final Queue<WatchSessionsResponse> snapshot = new ArrayDeque<>();
    private final LinkedBlockingQueue<CallSecond> seconds;
    private volatile boolean overflowed;
    private CallDirectory.@Nullable Watch subscription;
    private boolean lastRecordIsOut;
    private boolean over;
    private int idlePumps;

    SessionWatch(
            CallDirectory directory,
            Optional<CallId> only,
            String caller,
            ServerCallStreamObserver<WatchSessionsResponse> client,
            int maxRecords) {
        this.directory = directory;
        this.only = only;
        this.caller = caller;
        this.client = client;
        this.maxRecords = maxRecords;
        this.seconds = new LinkedBlockingQueue<>(maxRecords);
    }

    static StatusRuntimeException stopping() {
        return Refusals.of(
                Code.UNAVAILABLE,
                "STOPPING",
                "the process is stopping; watch again when it, or its successor, is ready");
    }

    /** Subscribes before it looks, so that no second falls between the snapshot and the first record. */
    void start() {
        subscription = directory.watch(this::onSecond);
        List<CallView> calls = only.map(
                        id -> directory.find(id.value()).stream().toList())
                .orElseGet(() -> directory.calls().stream()
                        .filter(call -> call.state().isLive())
                        .toList());
        lastRecordIsOut = only.isPresent()
                && calls.stream().noneMatch(call -> call.state().isLive());
        int from = 0;
        do {
            int to = Math.min(from + SESSIONS_PER_SNAPSHOT, calls.size());
            snapshot.add(snapshotPart(calls.subList(from, to), to == calls.size()));
            from = to;
        } while (from < calls.size());
    }

    /** Media loop. A closed or cut watch takes nothing any more. */
    private void onSecond(CallSecond second) {
        if (!overflowed && only.map(second.callId()::equals).orElse(true)) {
            overflowed = !seconds.offer(second);
        }
    }

    /** Sends what there is, as far as the connection takes it. */
    void pump() {
        if (overflowed) {
            cut();
            return;
        }
        while (!over && client.isReady() && sendNext()) {
            idlePumps = 0;
        }
        if (!over && only.isPresent() && snapshot.isEmpty() && seconds.isEmpty()) {
            completeIfEnded();
        }
    }

    void fail(StatusRuntimeException why) {
        if (!over) {
            over = true;
            client.onError(why);
        }
    }

    boolean isOver() {
        return over;
    }

    void close() {
        over = true;
        if (subscription != null) {
            subscription.close();
        }
        seconds.clear();
    }

    private boolean sendNext() {
        WatchSessionsResponse part = snapshot.poll();
        if (part != null) {
            client.onNext(part);
            return true;
        }
        CallSecond second = seconds.poll();
        if (second == null) {
            return false;
        }
        client.onNext(WatchSessionsResponse.newBuilder()
                .setSecond(SessionMapper.second(second))
                .build());
        lastRecordIsOut |= only.isPresent() && second.state() == CallState.CLOSED;
        return true;
    }

    /** A call that ended without a last record, or is forgotten, is noticed by looking. */
    private void completeIfEnded() {
        idlePumps++;
        if (idlePumps % IDLE_PUMPS_BEFORE_LOOKING == 0) {
            lastRecordIsOut |= only.flatMap(id -> directory.find(id.value()))
                    .filter(call -> call.state().isLive())
                    .isEmpty();
        }
        if (lastRecordIsOut) {
            over = true;
            client.onCompleted();
        }
    }

    private void cut() {
        log.warn("admin: watch of {} by {} cut, reader {} records behind", target(), caller, maxRecords);
        fail(Refusals.of(
                Code.RESOURCE_EXHAUSTED,
                "SLOW_READER",
                "watch of " + target() + " cut: its reader fell more than " + maxRecords
                        + " records behind (expected: a reader that keeps up with one record per call and second)."
                        + " Read faster, or watch one call by its id; watch again to continue with a fresh snapshot."));
    }

    private String target() {
        return only.map(id -> "call " + Printable.of(id.value())).orElse("all calls");
    }

    private static WatchSessionsResponse snapshotPart(List<CallView> calls, boolean last) {
        Snapshot.Builder part = Snapshot.newBuilder().setComplete(last);
        calls.stream().map(SessionMapper::session).forEach(part::addSessions);
        return WatchSessionsResponse.newBuilder().setSnapshot(part).build();
    }
}
