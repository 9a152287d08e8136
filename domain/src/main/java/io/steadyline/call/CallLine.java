package io.steadyline.call;

import io.steadyline.call.CallInbox.Message.AgentCame;
import io.steadyline.call.CallInbox.Message.AgentMissed;
import io.steadyline.call.CallInbox.Message.AgentWent;
import io.steadyline.call.CallInbox.Message.BargeInAsked;
import io.steadyline.call.CallInbox.Message.EndRequested;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.queue.TxQueue;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.Printable;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.TxControl.MarkPoint;
import io.steadyline.signal.TxControl.PlaybackEnd;
import io.steadyline.turn.BargeInPolicy;
import java.util.Optional;

/** The agent's side of a call: puts into its queues and nothing else. Any thread. */
final class CallLine implements AgentLine {

    private static final int MAX_MARK_NAME_CHARS = 256;
    private static final int MAX_WHY_CHARS = 200;

    private final TxQueue queue;
    private final CallInbox inbox;
    private final GreetingPlayer greeting;
    private final Runnable waker;
    private final boolean listenOnly;

    CallLine(TxQueue queue, CallInbox inbox, GreetingPlayer greeting, Runnable waker, StreamMode mode) {
        this.waker = waker;
        this.queue = queue;
        this.inbox = inbox;
        this.greeting = greeting;
        this.listenOnly = mode == StreamMode.LISTEN_ONLY;
    }

    @Override
    public long epoch() {
        return queue.epoch();
    }

    @Override
    public OfferOutcome offer(AudioFrame frame, long epoch) {
        if (listenOnly) {
            return OfferOutcome.CLOSED;
        }
        return greeting.isPlaying() ? OfferOutcome.REFUSED_FULL : queue.offer(frame, epoch);
    }

    @Override
    public OfferOutcome mark(String name, long epoch) {
        if (name.length() > MAX_MARK_NAME_CHARS) {
            throw new IllegalArgumentException(
                    "mark name: " + name.length() + " characters (expected: at most " + MAX_MARK_NAME_CHARS + ")");
        }
        return listenOnly ? OfferOutcome.CLOSED : queue.offer(new MarkPoint(name, epoch));
    }

    @Override
    public OfferOutcome endPlayback(long epoch) {
        return listenOnly ? OfferOutcome.CLOSED : queue.offer(new PlaybackEnd(epoch));
    }

    @Override
    public boolean isWritable() {
        return !listenOnly && !greeting.isPlaying() && queue.isWritable();
    }

    @Override
    public void onWritable(Runnable listener) {
        queue.onWritable(listener);
        greeting.onFinished(listener);
    }

    @Override
    public int queuedFrames() {
        return queue.depthFrames();
    }

    @Override
    public void bargeIn(Optional<BargeInPolicy> policy) {
        inbox.put(new BargeInAsked(policy));
    }

    @Override
    public void wake() {
        waker.run();
    }

    @Override
    public void clear() {
        if (!listenOnly) {
            queue.clear();
        }
    }

    @Override
    public void hangUp(String why) {
        end(new CallEnd(CallEnd.Party.AGENT, CallEnd.Reason.AGENT_HANG_UP, Printable.of(why, MAX_WHY_CHARS)));
    }

    @Override
    public void end(CallEnd end) {
        inbox.put(new EndRequested(end, true));
    }

    @Override
    public void attached(String agent) {
        inbox.put(new AgentCame(agent));
    }

    @Override
    public void missing(String why) {
        inbox.put(new AgentMissed(Printable.of(why, MAX_WHY_CHARS)));
    }

    @Override
    public void detached(String why) {
        inbox.put(new AgentWent(Printable.of(why, MAX_WHY_CHARS)));
    }
}
