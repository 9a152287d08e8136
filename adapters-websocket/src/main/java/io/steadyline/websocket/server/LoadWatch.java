package io.steadyline.websocket.server;

import io.steadyline.call.CallLoop;
import io.steadyline.pacing.LoadGate;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.pacing.OverloadEpisode;
import io.steadyline.port.IngressObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the gate with what the media loop's turns show, and tells what it decides: readiness, metrics, and two lines of log
 * for each episode. Owned by the media loop, but for {@link #overload}, which any thread may ask.
 */
final class LoadWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);
    /** Without calls there are no turns, and without turns a closed gate would stay closed. */
    private static final long LOOK_AGAIN_MS = 1_000;

    private final LoadGate gate;
    private final OverloadEpisode episode = new OverloadEpisode();
    private final BusyTime busy;
    private final MediaLoop loop;
    private final CallLoop calls;
    private final IngressObserver observer;
    private boolean looksAgain;
    private volatile String overload = "";

    LoadWatch(LoadLimits limits, MediaLoop loop, CallLoop calls, IngressObserver observer, BusyTime busy) {
        this.gate = new LoadGate(limits, loop.nowNs());
        this.loop = loop;
        this.calls = calls;
        this.observer = observer;
        this.busy = busy;
    }

    /** What was ready at once has taken so long, and so late is the last of it. */
    void onRound(long lengthNs, long nowNs) {
        onTurn(lengthNs, nowNs);
    }

    /** Deadlines are met, so late. */
    void onTurn(long latenessNs, long nowNs) {
        if (gate.isSliceOver(nowNs)) {
            endSlices(latenessNs, nowNs);
        }
        gate.onTurn(latenessNs);
    }

    /** Whether there may be so many calls, one of them new. */
    boolean admits(int wantedCalls, long nowNs) {
        onTurn(loop.overdueNs(nowNs), nowNs);
        return gate.admits(wantedCalls);
    }

    /** It is refused then; the sentence that says why. */
    String refuse(int wantedCalls, long nowNs) {
        String why = gate.why(wantedCalls);
        if (episode.onRefused(nowNs)) {
            LOG.warn("new calls are refused from now on: {}", why);
        }
        lookAgainSoon();
        return why;
    }

    /** Why new calls are refused; empty while they are not. Any thread. */
    String overload() {
        return overload;
    }

    private void endSlices(long latenessNs, long nowNs) {
        gate.endSlices(nowNs, latenessNs, busy.totalNs(), calls.liveCalls());
        overload = gate.isClosed() ? gate.why(calls.liveCalls() + 1) : "";
        if (episode.isOver(gate.isClosed(), nowNs)) {
            LOG.warn(
                    "new calls are taken again: {} were refused within {} s, {} calls live",
                    episode.refused(),
                    Math.ceilDiv(episode.lengthNs(), 1_000_000_000L),
                    calls.liveCalls());
        }
        observer.onLoopLoad(gate.sustainedLatenessNs(), gate.meanBusyShare());
        lookAgainSoon();
    }

    private void lookAgainSoon() {
        if (!looksAgain && (gate.isClosed() || episode.isRunning())) {
            looksAgain = true;
            loop.after(LOOK_AGAIN_MS, () -> {
                looksAgain = false;
                onTurn(0, loop.nowNs());
            });
        }
    }
}
