package io.steadyline.websocket.server;

import io.steadyline.call.CallLoop;
import io.steadyline.signal.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may come in: known calls always, new ones within the limits and unless the gateway drains. Owned by the media loop,
 * but for opening, draining and the reasons, which any thread may set and ask.
 */
final class Admission {

    private static final long SECOND_NS = 1_000_000_000;

    private final ServerConfig config;
    private final CallLoop calls;
    private volatile boolean open;
    private volatile boolean draining;
    private volatile int liveCalls;
    private volatile int pendingSockets;
    private int socketsThisSecond;
    private long secondStartNs;

    Admission(ServerConfig config, CallLoop calls, long nowNs) {
        this.config = config;
        this.calls = calls;
        this.secondStartNs = nowNs;
    }

    /** Why this handshake is refused; empty when it is welcome. What call it is for shows only in its start. */
    Optional<String> refusalOfSocket(long nowNs) {
        if (nowNs - secondStartNs >= SECOND_NS) {
            secondStartNs = nowNs;
            socketsThisSecond = 0;
        }
        if (pendingSockets >= config.maxPendingSockets()) {
            return Optional.of("too many sockets without a start (limit: " + config.maxPendingSockets() + ")");
        }
        if (socketsThisSecond >= config.maxCallsPerSecond()) {
            return Optional.of("too many new calls in a second (limit: " + config.maxCallsPerSecond() + ")");
        }
        if (calls.liveCalls() == 0 && draining) {
            return Optional.of("draining: no new calls");
        }
        socketsThisSecond++;
        return Optional.empty();
    }

    /** Why this call is refused; empty when it is welcome. */
    Optional<String> refusalOfCall(CallId callId) {
        if (calls.find(callId) != null) {
            return Optional.empty();
        }
        if (draining) {
            return Optional.of("draining: no new calls");
        }
        if (calls.liveCalls() >= config.maxCalls()) {
            return Optional.of("full (limit: " + config.maxCalls() + " calls)");
        }
        return Optional.empty();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the media loop only
    void onSocketOpened() {
        pendingSockets++;
    }

    /** The socket has got its call, or is gone. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the media loop only
    void onSocketSettled() {
        pendingSockets--;
    }

    /** Upgraded sockets whose stream has not started; any thread. */
    int pendingSockets() {
        return pendingSockets;
    }

    /** To be called after each turn of the loop: calls also end by a timer, or by what another thread has to say. */
    void noteCalls() {
        liveCalls = calls.liveCalls();
    }

    int liveCalls() {
        return liveCalls;
    }

    /** Connects are taken from now on. */
    void open() {
        open = true;
    }

    void setDraining(boolean on) {
        draining = on;
    }

    boolean isDraining() {
        return draining;
    }

    /** Why no new call should be sent here; empty when ready. */
    List<String> reasonsNotReady() {
        List<String> reasons = new ArrayList<>();
        if (!open) {
            reasons.add("starting");
        }
        if (draining) {
            reasons.add("draining");
        }
        if (liveCalls >= config.maxCalls()) {
            reasons.add("full");
        }
        return reasons;
    }
}
