package io.steadyline.websocket.server;

import io.steadyline.call.CallLoop;
import io.steadyline.port.IngressObserver.Refusal;
import io.steadyline.signal.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * Who may come in: known calls always, new ones within the limits, as long as the media loop carries them, and unless the
 * gateway drains. Owned by the media loop, but for opening, draining and the reasons, which any thread may set and ask.
 */
final class Admission {

    private static final long SECOND_NS = 1_000_000_000;

    private final ServerConfig config;
    private final CallLoop calls;
    private final LoadWatch load;
    private volatile boolean open;
    private volatile boolean draining;
    private volatile int liveCalls;
    private volatile int pendingSockets;
    private int socketsThisSecond;
    private long secondStartNs;

    /** @param why one sentence for the peer, with value and limit */
    record Refused(Refusal reason, String why) {

        /** An overload is told by its episode: a line for each call would be as many as calls are offered. */
        Level logLevel() {
            return reason == Refusal.OVERLOAD ? Level.DEBUG : Level.WARN;
        }
    }

    Admission(ServerConfig config, CallLoop calls, LoadWatch load, long nowNs) {
        this.config = config;
        this.calls = calls;
        this.load = load;
        this.secondStartNs = nowNs;
    }

    /** Why this handshake is refused; empty when it is welcome. What call it is for shows only in its start. */
    Optional<Refused> refusalOfSocket(long nowNs) {
        if (nowNs - secondStartNs >= SECOND_NS) {
            secondStartNs = nowNs;
            socketsThisSecond = 0;
        }
        if (pendingSockets >= config.maxPendingSockets()) {
            return limit("too many sockets without a start (limit: " + config.maxPendingSockets() + ")");
        }
        if (socketsThisSecond >= config.maxCallsPerSecond()) {
            return limit("too many new calls in a second (limit: " + config.maxCallsPerSecond() + ")");
        }
        if (calls.liveCalls() == 0 && draining) {
            return limit("draining: no new calls");
        }
        int wantedCalls = calls.liveCalls() + pendingSockets + 1;
        // Whoever waits for his call to come back is not to meet a closed door; others are refused at their start.
        if (!load.admits(wantedCalls, nowNs) && !calls.hasLingering()) {
            return Optional.of(new Refused(Refusal.OVERLOAD, load.refuse(wantedCalls, nowNs)));
        }
        socketsThisSecond++;
        return Optional.empty();
    }

    /**
     * Why this call is refused; empty when it is welcome.
     *
     * @param hasSocket one of the pending sockets is its own
     */
    Optional<Refused> refusalOfCall(CallId callId, boolean hasSocket, long nowNs) {
        if (calls.find(callId) != null) {
            return Optional.empty();
        }
        if (draining) {
            return limit("draining: no new calls");
        }
        if (calls.liveCalls() >= config.maxCalls()) {
            return limit("full (limit: " + config.maxCalls() + " calls)");
        }
        int wantedCalls = calls.liveCalls() + pendingSockets + (hasSocket ? 0 : 1);
        if (!load.admits(wantedCalls, nowNs) && !calls.isKnown(callId)) {
            return Optional.of(new Refused(Refusal.OVERLOAD, load.refuse(wantedCalls, nowNs)));
        }
        return Optional.empty();
    }

    private static Optional<Refused> limit(String why) {
        return Optional.of(new Refused(Refusal.CALL_LIMIT, why));
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
        int live = calls.liveCalls();
        // Asked with each turn of the loop, and a volatile store is a fence.
        if (live != liveCalls) {
            liveCalls = live;
        }
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
        if (!load.overload().isEmpty()) {
            reasons.add("overloaded");
        }
        return reasons;
    }

    /** What the media loop does not carry, with value and limit; empty when it carries more calls. */
    String overload() {
        return load.overload();
    }
}
