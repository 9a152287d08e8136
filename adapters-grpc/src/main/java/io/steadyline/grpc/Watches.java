package io.steadyline.grpc;

import com.google.rpc.Code;
import io.grpc.stub.ServerCallStreamObserver;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.call.CallDirectory;
import io.steadyline.signal.CallId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/**
 * All open watches and the one thread that writes to them.
 *
 * <p>The thread looks at each watch every {@value #TICK_MS} ms instead of being woken for each record: a wake-up would be
 * paid by the media loop, and a record of a second may well come 50 ms later.
 */
final class Watches implements AutoCloseable {

    private static final long TICK_MS = 50;

    private final CallDirectory directory;
    private final GrpcLimits limits;
    private final Semaphore free;
    private final Set<SessionWatch> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor thread;

    Watches(CallDirectory directory, GrpcLimits limits) {
        this.directory = directory;
        this.limits = limits;
        this.free = new Semaphore(limits.maxWatches());
        // Discards: after close nothing is left to do for any watch.
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("admin-watch").factory(), new DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts a watch of one call or of all.
     *
     * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED, too many are open; UNAVAILABLE, the process stops
     */
    void open(Optional<CallId> only, String caller, ServerCallStreamObserver<WatchSessionsResponse> client) {
        if (thread.isShutdown()) {
            throw SessionWatch.stopping();
        }
        if (!free.tryAcquire()) {
            throw Refusals.of(
                    Code.RESOURCE_EXHAUSTED,
                    "TOO_MANY_WATCHES",
                    "watches: " + limits.maxWatches() + " are open (expected: fewer; close one, then try again)");
        }
        int maxRecords = only.isPresent() ? limits.watchOneRecords() : limits.watchAllRecords();
        SessionWatch watch = new SessionWatch(directory, only, caller, client, maxRecords);
        open.add(watch);
        // Set here and not on the watch thread: gRPC takes handlers only before the request's handler returns.
        client.setOnReadyHandler(() -> thread.execute(() -> pump(watch)));
        client.setOnCancelHandler(() -> thread.execute(() -> remove(watch)));
        thread.execute(() -> begin(watch));
    }

    int count() {
        return open.size();
    }

    /** Ends every watch; the process stops. */
    @Override
    public void close() {
        thread.execute(() -> open.forEach(watch -> {
            watch.fail(SessionWatch.stopping());
            remove(watch);
        }));
        thread.shutdown();
    }

    private void begin(SessionWatch watch) {
        if (open.contains(watch)) {
            run(watch, watch::start);
            tick(watch);
        }
    }

    private void tick(SessionWatch watch) {
        pump(watch);
        if (open.contains(watch)) {
            var _ = thread.schedule(() -> tick(watch), TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void pump(SessionWatch watch) {
        if (open.contains(watch)) {
            run(watch, watch::pump);
        }
    }

    private void run(SessionWatch watch, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            watch.fail(Failures.answerTo(e, "WatchSessions"));
        }
        if (watch.isOver()) {
            remove(watch);
        }
    }

    private void remove(SessionWatch watch) {
        if (open.remove(watch)) {
            free.release();
            watch.close();
        }
    }
}
