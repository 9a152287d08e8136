package io.steadyline.call;

import io.steadyline.call.CallInbox.Message;
import io.steadyline.call.CallLifeCycle.LifeEvent;
import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentSession;
import io.steadyline.port.CallObserver;
import io.steadyline.port.CallSlot;
import io.steadyline.port.PeerLink;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.queue.TxQueue;
import io.steadyline.restart.CallPast;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Resumption;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.SttControl;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.turn.BargeInPolicy;
import io.steadyline.turn.PendingMarks.Settled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One phone call, from its stream's start to its {@link CallEnd}. Owned by the media loop: every method runs there, and
 * others meet the call only through its queues and its inbox. It lives as long as the phone call does, over as many
 * streams as the provider needs for it; so do its recogniser session and its queues (R4).
 */
public final class Call implements RxPath.RxListener, TxPath.TxListener {

    private static final long SECOND_NS = 1_000_000_000;
    /** Bounds what a wish costs that nobody announced: one frame. */
    private static final long MAX_WAIT_NS = 20_000_000;
    /** The same behind a message of the caller: a little more, so that the next one does it, and not a timer just before. */
    private static final long MAX_WAIT_BEHIND_MEDIA_NS = 25_000_000;
    /** For the peer to return the last marks before the call is hung up: its buffer and a round trip. */
    private static final long LAST_MARKS_NS = 500_000_000;

    private final CallSettings settings;
    private final CallObserver observer;
    private final CallInbox inbox;
    private final SttQueue stt;
    private final RxPath rx;
    private final TxQueue txQueue;
    private final TxPath tx;
    private final GreetingPlayer greeting;
    private final TurnTracker turn;
    private final CallLine line;
    private final TimerWheel.Timer timer = new TimerWheel.Timer(this);
    private final CallParts parts;
    private final long idleLimitNs;

    private CallFacts facts;
    private CallState state = CallState.CONNECTING;
    private @Nullable PeerLink link;
    private @Nullable SttSession sttSession;
    private @Nullable AgentSession agent;
    private @Nullable CallEnd end;
    private boolean agentIsHere;
    private boolean sttClosed;
    private boolean sttEndRequested;
    private boolean endAsked;
    private boolean heard;
    private boolean greetingStarted;
    private boolean greetingEnded;
    private long lastMediaNs;
    private long finishDeadlineNs;
    private long playedOutNs;
    private long streamEndedNs;
    private long returnDeadlineNs;
    private long secondStartNs;
    private int second;
    private long dueNs;
    private long maxLoopLatenessNs;
    private int resumes;

    public Call(CallFacts facts, PeerLink link, CallParts parts, long nowNs, Runnable waker) {
        this.facts = facts;
        this.link = link;
        this.parts = parts;
        this.settings = parts.settings();
        this.idleLimitNs = settings.idleLimit().toNanos();
        this.observer = parts.observer();
        this.inbox = new CallInbox(waker);
        this.stt = new SttQueue(settings.sttQueueFrames());
        this.rx = new RxPath(facts.format(), settings, stt, parts.ticker(), this);
        this.txQueue = new TxQueue(settings.txQueueFrames());
        this.tx = new TxPath(settings, txQueue, link, nowNs, this);
        boolean greets = parts.agents().wantsGreeting() && facts.mode() == StreamMode.BIDIRECTIONAL;
        Optional<AudioClip> clip = greets ? settings.greeting() : Optional.empty();
        // Audio of another format would be noise to the caller.
        this.greeting = new GreetingPlayer(clip.filter(audio -> audio.format().equals(facts.format())), txQueue);
        BargeInPolicy bargeIn = parts.agents().isInterruptible() ? settings.bargeIn() : BargeInPolicy.OFF;
        this.turn = new TurnTracker(bargeIn, this::onMoment);
        this.line = new CallLine(txQueue, inbox, greeting, waker, facts.mode());
        this.lastMediaNs = nowNs;
        this.secondStartNs = nowNs;
        this.dueNs = nowNs;
        txQueue.onReadable(waker);
    }

    /** Starts everything at once, in this order and without waiting for any of it (R6, R7). */
    void start(long nowNs) {
        onMoment(new CallMoment.CallStarted(nowNs, facts));
        openRecogniser(facts.parameters().getOrDefault("traceparent", ""), "", nowNs);
        if (greeting.isPresent()) {
            onMoment(new CallMoment.GreetingQueued(nowNs, greeting.durationMs()));
        }
        attachAgent(Optional.empty(), nowNs);
        poll(nowNs);
    }

    private void openRecogniser(String traceparent, String context, long nowNs) {
        onMoment(new CallMoment.SttRequested(nowNs, parts.recogniser().name()));
        sttSession = parts.recogniser().open(SttSpec.of(facts, traceparent, context), stt, inbox);
    }

    private void attachAgent(Optional<Resumption> resumption, long nowNs) {
        agent = parts.agents().attach(facts, line);
        if (parts.agents().attachesAtOnce()) {
            onAgentCame(parts.agents().name(), nowNs);
        }
        tellAgent(new AgentEvent.Started(facts, resumption));
    }

    private void onAgentCame(String name, long nowNs) {
        agentIsHere = true;
        onMoment(new CallMoment.AgentAttached(nowNs, name));
    }

    private void onAgentWent(String why, long nowNs) {
        if (agentIsHere) {
            agentIsHere = false;
            onMoment(new CallMoment.AgentDetached(nowNs, why));
        }
    }

    private Optional<AudioClip> resumeLine() {
        return facts.mode() == StreamMode.BIDIRECTIONAL
                ? settings.resumeLine().filter(audio -> audio.format().equals(facts.format()))
                : Optional.empty();
    }

    /** Starts in the middle: the same call as before, without a second greeting. */
    void goOn(Continuation from, long nowNs) {
        CallPast past = from.past();
        resumes = past.resumes() + 1;
        greetingEnded = true;
        greeting.replace(from.adopted() ? Optional.empty() : resumeLine());
        onMoment(new CallMoment.CallStarted(nowNs, facts, past.traceparent()));
        onMoment(new CallMoment.CallContinued(
                nowNs,
                past.bootId(),
                from.age().toMillis(),
                from.gap().toMillis(),
                past.lostInFrames(),
                past.lostOutMs(),
                past.endedBecause(),
                from.adopted()));
        if (from.adopted()) {
            tx.onStreamAdopted(from, nowNs);
        }
        openRecogniser(past.traceparent(), past.lastFinal(), nowNs);
        attachAgent(Optional.of(from.forAgent()), nowNs);
        poll(nowNs);
    }

    /** One message of the peer. */
    void onPeerEvent(PeerEvent event, long nowNs) {
        if (!state.isLive()) {
            return;
        }
        switch (event) {
            case PeerEvent.Media media -> onMedia(media, nowNs);
            case PeerEvent.Dtmf dtmf -> {
                onDtmf(dtmf.digit(), false, nowNs);
                dueNs = earlier(dueNs, nowNs);
            }
            case PeerEvent.MarkReturned mark -> {
                if (!tx.onMarkReturned(mark.wireName(), nowNs)) {
                    onBadInput(
                            new PeerEvent.Unusable(BadInput.UNKNOWN_MARK, mark.wireName(), "a mark that was sent"),
                            nowNs);
                }
                // The agent may have answered, on this thread, which wakes nobody.
                dueNs = earlier(dueNs, nowNs);
            }
            case PeerEvent.Stopped _ -> {
                closeLink(1000, "stop");
                onStreamEnd(new CallEnd(Party.CALLER, Reason.HANG_UP, "the peer said stop"), false, nowNs);
            }
            case PeerEvent.Unusable bad -> onBadInput(bad, nowNs);
            case PeerEvent.Connected _, PeerEvent.Started _, PeerEvent.UnknownStream _ -> {
                // Before a call there is none to tell; a second start is Unusable already.
            }
        }
    }

    /** Messages that the peer's own numbering says are missing. */
    void onMissing(long messages) {
        rx.onMissing(messages);
    }

    /** The socket broke without a goodbye. The call waits for the provider to come back. */
    void onStreamLost(PeerLink lost, String why, long nowNs) {
        if (!lost.equals(link) || state == CallState.LINGERING || !state.isLive()) {
            return;
        }
        onMoment(new CallMoment.StreamLost(nowNs, why));
        onStreamEnd(new CallEnd(Party.PEER, Reason.STREAM_LOST, why), true, nowNs);
    }

    /** The same call on a new stream: newest wins, an old socket that still lives is closed. */
    void onStreamResumed(CallFacts newFacts, PeerLink newLink, long nowNs) {
        PeerLink old = link;
        if (old != null) {
            onMoment(new CallMoment.StreamLost(nowNs, "replaced by stream " + newFacts.streamId()));
            onStreamEnd(new CallEnd(Party.PEER, Reason.STREAM_LOST, "replaced by a newer stream"), true, nowNs);
            old.close(1008, "the call came back on another stream");
        }
        facts = newFacts;
        link = newLink;
        end = null;
        resumes++;
        lastMediaNs = nowNs;
        tx.onStreamResumed(newLink, nowNs);
        onMoment(new CallMoment.StreamResumed(nowNs, newFacts.streamId(), nowNs - streamEndedNs));
        change(LifeEvent.STREAM_RESUMED, "stream " + newFacts.streamId(), nowNs);
        if (!isGreeting()) {
            greeting.replace(resumeLine());
        }
        long gapMs = (nowNs - streamEndedNs) / 1_000_000;
        tellAgent(new AgentEvent.Started(facts, Optional.of(Resumption.ofStream(gapMs, "the stream broke"))));
        poll(nowNs);
    }

    /** A new stream with this call's id continues it; not once its end was asked for. */
    boolean mayResume() {
        return state.isLive() && !endAsked;
    }

    /** Everything that is due now. */
    void poll(long nowNs) {
        if (!state.isLive()) {
            return;
        }
        maxLoopLatenessNs = Math.max(maxLoopLatenessNs, nowNs - dueNs);
        readInbox(nowNs);
        if (agent != null) {
            agent.poll(nowNs);
        }
        pollMedia(nowNs);
        watchLimits(nowNs);
        if (state.isLive() && nowNs - secondStartNs >= SECOND_NS) {
            endSecond(nowNs);
        }
        dueNs = nextPollNs(nowNs);
        noteForASuccessor();
    }

    private void noteForASuccessor() {
        PeerLink socket = link;
        if (socket != null) {
            CallSlot slot = socket.slot();
            slot.depths(rx.depthFrames(), stt.depthFrames(), txQueue.depthFrames(), tx.sendDepthFrames());
            tx.note(slot);
        }
    }

    /** When the call wants to be polled next. */
    long dueNs() {
        return dueNs;
    }

    TimerWheel.Timer timer() {
        return timer;
    }

    /** Asks for the end from any thread. */
    public boolean requestEnd(CallEnd wanted, boolean playOut) {
        return inbox.put(new Message.EndRequested(wanted, playOut));
    }

    /** Ends now, whatever still waits: an error of ours, or the process stops. */
    void abort(CallEnd wanted, int closeCode, long nowNs) {
        if (!state.isLive()) {
            return;
        }
        end = wanted;
        attempt(() -> closeLink(closeCode, wanted.detail()));
        attempt(() -> change(LifeEvent.ABORTED, wanted.detail(), nowNs));
        close(nowNs);
    }

    public CallFacts facts() {
        return facts;
    }

    public CallState state() {
        return state;
    }

    public List<QueueCounts> queues() {
        return List.of(rx.counts(), stt.counts(), tx.queueCounts(), tx.sendCounts());
    }

    public int resumes() {
        return resumes;
    }

    @Override
    public void onCallerFrame(AudioFrame frame) {
        if (agent != null) {
            agent.onCallerFrame(frame);
        }
    }

    @Override
    public void onSttWrite(long writeNs) {
        observer.onSttWrite(writeNs);
    }

    @Override
    public void onSendLateness(long latenessNs) {
        observer.onSendLateness(latenessNs);
    }

    @Override
    public void onMoment(CallMoment moment) {
        observer.onMoment(facts, moment);
    }

    @Override
    public void onPlaybackStarted(long nowNs) {
        if (isGreeting() && !greetingStarted) {
            greetingStarted = true;
            onMoment(new CallMoment.GreetingStarted(nowNs));
            return;
        }
        turn.onAgentAudio(nowNs);
    }

    @Override
    public void onMarkSent(String name, long nowNs) {
        if (!name.equals(GreetingPlayer.MARK)) {
            onMoment(new CallMoment.MarkSent(nowNs, name));
        }
    }

    @Override
    public void onMarkSettled(Settled mark, long nowNs) {
        if (mark.name().equals(GreetingPlayer.MARK)) {
            endGreeting(mark.outcome(), nowNs);
            return;
        }
        onMoment(new CallMoment.MarkSettled(nowNs, mark.name(), mark.outcome()));
        long playedMs = mark.playedFrames() * facts.format().ptime().ms();
        tellAgent(new AgentEvent.MarkSettled(mark.name(), mark.outcome(), playedMs));
    }

    private void onMedia(PeerEvent.Media media, long nowNs) {
        if (!state.acceptsRx()) {
            return;
        }
        if (media.track() != facts.recognisedTrack()) {
            return;
        }
        lastMediaNs = nowNs;
        if (!heard) {
            heard = true;
            onMoment(new CallMoment.FirstFrame(nowNs));
            change(LifeEvent.FIRST_FRAME, "first frame", nowNs);
        }
        rx.onMedia(media.payload(), nowNs);
        poll(nowNs);
    }

    private void pollMedia(long nowNs) {
        rx.poll(nowNs);
        if (greeting.poll()) {
            endGreeting(MarkOutcome.INTERRUPTED, nowNs);
        }
        if (state == CallState.DRAINING && !greeting.isPlaying()) {
            tx.closeIntake();
        }
        if (turn.isBargingIn(nowNs, tx.isAudibleAt(nowNs), isGreeting())) {
            bargeIn(nowNs);
        }
        tx.poll(nowNs);
    }

    private void readInbox(long nowNs) {
        for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
            switch (message) {
                case Message.Heard heard -> onSpeech(heard.event(), nowNs);
                case Message.EndRequested wanted -> onEndRequested(wanted, nowNs);
                case Message.BargeInAsked asked -> turn.bargeIn(asked.policy());
                case Message.AgentCame came -> onAgentCame(came.agent(), nowNs);
                case Message.AgentMissed missed -> onMoment(new CallMoment.AgentMissing(nowNs, missed.why()));
                case Message.AgentWent went -> onAgentWent(went.why(), nowNs);
            }
        }
    }

    private void onSpeech(SpeechEvent event, long nowNs) {
        observer.onSpeech(facts, event);
        switch (event) {
            case SpeechEvent.Ready ready ->
                onMoment(new CallMoment.SttReady(nowNs, ready.connectTime().toNanos()));
            case SpeechEvent.Failure failure ->
                onMoment(new CallMoment.SttFailed(nowNs, failure.category(), failure.message(), failure.fatal()));
            case SpeechEvent.Closed _ -> {
                sttClosed = true;
                // Nobody takes from it any more: what is offered later is refused as closed, and counted.
                stt.discard();
                onMoment(new CallMoment.SttClosed(nowNs));
            }
            case SpeechEvent.DtmfHeard heard -> onDtmf(heard.digit(), true, nowNs);
            default -> turn.onSpeech(event, backlog(), nowNs);
        }
        tellAgent(new AgentEvent.Speech(event));
    }

    /** Caller audio between the socket and the recogniser. */
    private Duration backlog() {
        return Duration.ofMillis((long) (rx.depthFrames() + stt.depthFrames())
                * facts.format().ptime().ms());
    }

    private void onDtmf(char digit, boolean fromAudio, long nowNs) {
        onMoment(new CallMoment.DtmfPressed(nowNs, digit, fromAudio));
        if (!fromAudio) {
            tellAgent(new AgentEvent.Dtmf(digit, false));
        }
    }

    private void onBadInput(PeerEvent.Unusable bad, long nowNs) {
        rx.onRefusedInput();
        onMoment(new CallMoment.InputRefused(nowNs, bad.reason(), bad.detail()));
    }

    private void onEndRequested(Message.EndRequested wanted, long nowNs) {
        endAsked = true;
        if (state == CallState.LINGERING) {
            returnDeadlineNs = earlier(returnDeadlineNs, nowNs);
            return;
        }
        if (change(LifeEvent.FINISH_REQUESTED, wanted.end().detail(), nowNs)) {
            end = wanted.end();
            playedOutNs = nowNs;
            finishDeadlineNs = nowNs + settings.hangUpLimit().toNanos();
        }
        if (!wanted.playOut()) {
            hangUp(nowNs);
        }
    }

    private void bargeIn(long nowNs) {
        long queuedBefore = txQueue.depthFrames();
        long epoch = txQueue.clear();
        onMoment(new CallMoment.BargedIn(nowNs, queuedBefore));
        tellAgent(new AgentEvent.BargedIn(epoch));
    }

    private boolean isGreeting() {
        return greeting.isPresent() && !greetingEnded;
    }

    private void endGreeting(MarkOutcome outcome, long nowNs) {
        if (greetingEnded) {
            // The line that a returned call began with; nobody waits for its end.
            return;
        }
        greetingEnded = true;
        onMoment(new CallMoment.GreetingEnded(nowNs, outcome));
    }

    /** @param lost without a goodbye: the provider may bring the call back on a new stream */
    private void onStreamEnd(CallEnd why, boolean lost, long nowNs) {
        if (!change(LifeEvent.STREAM_ENDED, why.detail(), nowNs)) {
            return;
        }
        endAsked |= !lost;
        boolean mayReturn = !endAsked;
        end = end == null ? why : end;
        link = null;
        streamEndedNs = nowNs;
        returnDeadlineNs = mayReturn ? nowNs + settings.linger().toNanos() : nowNs;
        rx.onStreamEnd();
        tx.onStreamLost(nowNs);
        if (mayReturn) {
            tellAgent(new AgentEvent.StreamLost());
        } else {
            tx.closeIntake();
        }
    }

    private void watchLimits(long nowNs) {
        switch (state) {
            case CONNECTING, ACTIVE -> watchStream(nowNs);
            case DRAINING -> {
                if (isPlayedOut(nowNs) || nowNs - finishDeadlineNs >= 0) {
                    hangUp(nowNs);
                } else {
                    watchStream(nowNs);
                }
            }
            case LINGERING -> {
                if (nowNs - returnDeadlineNs >= 0) {
                    settle(nowNs);
                }
            }
            case CLOSED -> {
                // Nothing is left to watch.
            }
        }
    }

    /** By our clock; the peer may be a little behind it: its last marks are waited for, for a moment. */
    private boolean isPlayedOut(long nowNs) {
        if (greeting.isPlaying() || !tx.isPlayedOutAt(nowNs)) {
            playedOutNs = nowNs;
            return false;
        }
        return !tx.hasPendingMarks() || nowNs - playedOutNs >= LAST_MARKS_NS;
    }

    private void watchStream(long nowNs) {
        if (nowNs - lastMediaNs >= idleLimitNs) {
            String detail = "no media for " + settings.idleLimit().toMillis() + " ms";
            abort(new CallEnd(Party.PEER, Reason.IDLE, detail), 1001, nowNs);
        } else if (tx.stalledNs(nowNs) >= settings.peerStallLimit().toNanos()) {
            String detail =
                    "the peer took nothing for " + settings.peerStallLimit().toMillis() + " ms";
            abort(new CallEnd(Party.PEER, Reason.PEER_STALLED, detail), 1001, nowNs);
        }
    }

    private void hangUp(long nowNs) {
        tx.closeIntake();
        change(LifeEvent.PLAYED_OUT, "played out", nowNs);
        closeLink(1000, end == null ? "done" : end.detail());
        streamEndedNs = nowNs;
        returnDeadlineNs = nowNs;
        rx.onStreamEnd();
        tx.onStreamLost(nowNs);
    }

    /** The end of a call waits, bounded, for the recogniser's last words. */
    private void settle(long nowNs) {
        endAsked = true;
        if (!sttEndRequested && rx.flush(nowNs)) {
            sttEndRequested = stt.offer(new SttControl.EndOfInput()).isAccepted();
        }
        if (sttClosed || nowNs - returnDeadlineNs >= settings.sttDrain().toNanos()) {
            String why = sttClosed ? "recogniser done" : "recogniser not done in time";
            attempt(() -> change(LifeEvent.SETTLED, why, nowNs));
            close(nowNs);
        }
    }

    private void close(long nowNs) {
        CallEnd reason = end == null ? new CallEnd(Party.GATEWAY, Reason.INTERNAL_ERROR, "no reason known") : end;
        inbox.close();
        rx.discard();
        stt.discard();
        attempt(() -> tx.discard(nowNs));
        if (isGreeting() && greetingStarted) {
            attempt(() -> endGreeting(MarkOutcome.INTERRUPTED, nowNs));
        }
        SttSession session = sttSession;
        if (session != null) {
            attempt(session::abort);
        }
        attempt(() -> endSecond(nowNs));
        AgentSession attached = agent;
        if (attached != null) {
            attempt(() -> attached.on(new AgentEvent.Ended(reason)));
            attempt(() -> attached.detach(reason.detail()));
            attempt(() -> onAgentWent(reason.detail(), nowNs));
        }
        onMoment(new CallMoment.CallEnded(nowNs, reason));
    }

    /** A step of the end: whatever one of them throws, the others follow, so that nothing stays open. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | StackOverflowError failure) {
            observer.onFailure(facts, failure);
        }
    }

    private void closeLink(int code, String reason) {
        PeerLink open = link;
        link = null;
        if (open != null) {
            open.close(code, reason);
        }
    }

    /** The one place that writes the state. False when the event means nothing in this state. */
    private boolean change(LifeEvent event, String why, long nowNs) {
        CallState from = state;
        state = CallLifeCycle.next(from, event);
        if (state == from) {
            return false;
        }
        onMoment(new CallMoment.StateChanged(nowNs, from, state, why));
        return true;
    }

    private void endSecond(long nowNs) {
        long elapsedNs = Math.max(1, nowNs - secondStartNs);
        CallSecond record = new CallSecond(
                facts.callId(),
                second++,
                nowNs,
                state,
                rx.endSecond(elapsedNs),
                tx.endSecond(elapsedNs),
                maxLoopLatenessNs / 1e6);
        maxLoopLatenessNs = 0;
        secondStartNs = nowNs - secondStartNs < 2 * SECOND_NS ? secondStartNs + SECOND_NS : nowNs;
        observer.onSecond(facts, record, queues());
    }

    private long nextPollNs(long nowNs) {
        boolean behindMedia = state == CallState.ACTIVE && nowNs == lastMediaNs;
        long waitNs = behindMedia ? MAX_WAIT_BEHIND_MEDIA_NS : MAX_WAIT_NS;
        waitNs = Math.min(waitNs, secondStartNs + SECOND_NS - nowNs);
        long limitNs = (state == CallState.LINGERING ? returnDeadlineNs : lastMediaNs + idleLimitNs) - nowNs;
        if (limitNs > 0) {
            waitNs = Math.min(waitNs, limitNs);
        }
        if (state != CallState.LINGERING) {
            waitNs = Math.min(waitNs, Math.min(rx.waitNs(nowNs), tx.waitNs(nowNs)));
            waitNs = Math.min(waitNs, turn.waitNs(nowNs));
        }
        // What is overdue already is a backlog, not a late loop: the next turn is due now.
        return nowNs + Math.max(0, waitNs);
    }

    private static long earlier(long oneNs, long otherNs) {
        return oneNs - otherNs <= 0 ? oneNs : otherNs;
    }

    private void tellAgent(AgentEvent event) {
        if (agent != null) {
            agent.on(event);
        }
    }
}
