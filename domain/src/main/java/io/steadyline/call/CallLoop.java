package io.steadyline.call;

import io.steadyline.call.TimerWheel.Timer;
import io.steadyline.port.CallArchive;
import io.steadyline.port.CallObserver;
import io.steadyline.port.LoopExecutor;
import io.steadyline.port.PeerLink;
import io.steadyline.restart.CallPast;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import io.steadyline.signal.PeerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All calls of a media loop and their deadlines. Every method runs on that one thread; time comes in as an argument.
 * What a call throws ends this call and no other.
 */
public final class CallLoop {

    private static final int CLOSE_INTERNAL_ERROR = 1011;

    private final CallFactory factory;
    private final CallObserver observer;
    private final LoopExecutor executor;
    private final CallArchive archive;
    private final WallAnchor wallClock;
    private final TimerWheel wheel;
    private final Map<CallId, Call> calls = new HashMap<>();
    private long turnNs;

    /** Without calls of earlier boots. */
    public CallLoop(CallFactory factory, CallObserver observer, LoopExecutor executor, long nowNs) {
        this(factory, observer, executor, CallArchive.NONE, new WallAnchor(Instant.EPOCH, nowNs), nowNs);
    }

    /** @param archive knows the calls of earlier boots, which go on when the peer brings them back */
    public CallLoop(
            CallFactory factory,
            CallObserver observer,
            LoopExecutor executor,
            CallArchive archive,
            WallAnchor wallClock,
            long nowNs) {
        this.archive = archive;
        this.wallClock = wallClock;
        this.factory = factory;
        this.observer = observer;
        this.executor = executor;
        this.wheel = new TimerWheel(nowNs);
    }

    /** A stream has started: a new call, or one that comes back. */
    public Call onStreamStarted(CallFacts facts, PeerLink link, long nowNs) {
        Call known = calls.get(facts.callId());
        if (known != null && known.mayResume()) {
            guarded(known, nowNs, () -> known.onStreamResumed(facts, link, nowNs));
            return known;
        }
        if (known != null) {
            CallEnd end = new CallEnd(Party.PEER, Reason.HANG_UP, "a new stream began a new call with the same id");
            guarded(known, nowNs, () -> known.abort(end, 1000, nowNs));
        }
        Call call = create(facts, link, nowNs);
        // Ended on purpose: what comes now is a new call of the same phone call, such as a later step of the flow.
        Optional<CallPast> past = known != null
                ? Optional.empty()
                : archive.find(facts.callId().value()).filter(earlier -> !earlier.ended());
        if (past.isPresent()) {
            Continuation from =
                    Continuation.rejoined(past.get(), wallClock.since(past.get().lastSeen(), nowNs));
            guarded(call, nowNs, () -> call.goOn(from, nowNs));
        } else {
            guarded(call, nowNs, () -> call.start(nowNs));
        }
        return call;
    }

    /** A stream that outlived its worker: the call goes on where it was. */
    public Call onStreamAdopted(
            CallFacts facts, PeerLink link, CallPast past, long nextPlayoutNs, long lastMarkNumber, long nowNs) {
        Call call = create(facts, link, nowNs);
        Duration gap = wallClock.since(past.lastSeen(), nowNs);
        Continuation from = new Continuation(past, gap, true, nextPlayoutNs, lastMarkNumber);
        guarded(call, nowNs, () -> call.goOn(from, nowNs));
        return call;
    }

    private Call create(CallFacts facts, PeerLink link, long nowNs) {
        CallWaker waker = new CallWaker(executor, this::poll);
        Call call = factory.create(facts, link, nowNs, waker);
        waker.serve(call);
        calls.put(facts.callId(), call);
        return call;
    }

    public void onPeerEvent(Call call, PeerEvent event, long nowNs) {
        try {
            call.onPeerEvent(event, nowNs);
        } catch (RuntimeException | StackOverflowError failure) {
            fail(call, failure, nowNs);
        }
        reschedule(call);
    }

    /** Messages that the peer numbered and that never came. */
    public void onMissing(Call call, long messages) {
        call.onMissing(messages);
    }

    /** @param link the socket that broke; without effect when the call has another one by now */
    public void onStreamLost(Call call, PeerLink link, String why, long nowNs) {
        guarded(call, nowNs, () -> call.onStreamLost(link, why, nowNs));
    }

    /** Polls one call: its socket is writable again, or another thread has put something in. */
    public void poll(Call call, long nowNs) {
        try {
            call.poll(nowNs);
        } catch (RuntimeException | StackOverflowError failure) {
            fail(call, failure, nowNs);
        }
        reschedule(call);
    }

    /** Polls every call that is due and returns when the next one will be; {@code Long.MAX_VALUE} without calls. */
    public long runDue(long nowNs) {
        turnNs = nowNs;
        wheel.fireDue(nowNs, this::pollDue);
        return wheel.nextDueNs();
    }

    /** Earliest moment at which {@link #runDue} may have something to do. */
    public long nextDueNs() {
        return wheel.nextDueNs();
    }

    /** Ends every call at once; for the end of the process. */
    public void endAll(CallEnd end, int closeCode, long nowNs) {
        List<Call> all = new ArrayList<>(calls.values());
        for (Call call : all) {
            guarded(call, nowNs, () -> call.abort(end, closeCode, nowNs));
        }
    }

    public int liveCalls() {
        return calls.size();
    }

    /** A call waits for its peer to bring it back on a new stream; looks at all of them. */
    public boolean hasLingering() {
        for (Call call : calls.values()) {
            if (call.state() == CallState.LINGERING && call.mayResume()) {
                return true;
            }
        }
        return false;
    }

    /** It runs, or ran when an earlier worker ended: a stream of it goes on with a call. */
    public boolean isKnown(CallId callId) {
        return calls.containsKey(callId)
                || archive.find(callId.value())
                        .filter(earlier -> !earlier.ended())
                        .isPresent();
    }

    public @Nullable Call find(CallId callId) {
        return calls.get(callId);
    }

    private void pollDue(Call call) {
        poll(call, turnNs);
    }

    private void guarded(Call call, long nowNs, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | StackOverflowError failure) {
            fail(call, failure, nowNs);
        }
        reschedule(call);
    }

    private void fail(Call call, Throwable failure, long nowNs) {
        observer.onFailure(call.facts(), failure);
        CallEnd end = new CallEnd(
                Party.GATEWAY, Reason.INTERNAL_ERROR, failure.getClass().getSimpleName());
        try {
            call.abort(end, CLOSE_INTERNAL_ERROR, nowNs);
        } catch (RuntimeException | StackOverflowError again) {
            observer.onFailure(call.facts(), again);
        }
    }

    private void reschedule(Call call) {
        Timer timer = call.timer();
        if (call.state().isLive()) {
            wheel.set(timer, call.dueNs());
        } else {
            wheel.cancel(timer);
            calls.remove(call.facts().callId(), call);
        }
    }
}
