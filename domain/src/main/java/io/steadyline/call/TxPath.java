package io.steadyline.call;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.pacing.TxPacer;
import io.steadyline.pacing.TxPacer.Decision;
import io.steadyline.port.CallSlot;
import io.steadyline.port.PeerLink;
import io.steadyline.queue.SendQueue;
import io.steadyline.queue.TxQueue;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.PeerControl;
import io.steadyline.signal.TxControl;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.TxMeter;
import io.steadyline.telemetry.TxSecond;
import io.steadyline.turn.PendingMarks;
import io.steadyline.turn.PendingMarks.Settled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Agent audio on its way to the caller. Owned by the media loop; the one writer of the call's socket (R14).
 *
 * <p>A frame meets the fields in their order: queued by the agent, released by the pacer, queued again while the socket
 * does not take it, written. A mark passes when the frames before it have passed. A clear is an epoch: what was queued
 * before it is never sent, however late it comes out.
 */
public final class TxPath {

    /** A peer that returns no marks must not fill the memory: beyond this a mark is interrupted at once. */
    private static final int MAX_PENDING_MARKS = 1024;

    /** A caller who waited longer has stopped listening to that sentence; also what the TX queue has room for. */
    private static final long MAX_RESUMED_LAG_NS = 2_400_000_000L;

    private final TxQueue queue;
    private final TxPacer pacer;
    private final PendingMarks marks = new PendingMarks();
    private final SendQueue sendQueue;
    private @Nullable PeerLink link;

    private final int maxFramesPerTurn;
    private final TxListener listener;
    private final TxMeter meter = new TxMeter();
    private long seenEpoch;
    private boolean clearOwed;
    private boolean sourceIsLate;
    private long playbackFrames;
    private boolean playbackOver;
    private long sendDropsSeen;
    private long txDropsSeen;
    private long txClearedSeen;
    private long lastWriteNs;

    /** Told by the path as it happens. */
    interface TxListener {
        /** The first frame after a silence has been paced out. */
        void onPlaybackStarted(long nowNs);

        /** On its way to the socket; a clear may still overtake it, and then it is settled as interrupted. */
        void onMarkSent(String name, long nowNs);

        void onMarkSettled(Settled mark, long nowNs);

        void onSendLateness(long latenessNs);
    }

    TxPath(CallSettings settings, TxQueue queue, PeerLink link, long nowNs, TxListener listener) {
        this.queue = queue;
        this.pacer = new TxPacer(settings.txPacing());
        this.sendQueue = new SendQueue(settings.sendQueueFrames());
        this.link = link;
        this.maxFramesPerTurn = settings.txPacing().maxFramesPerTurn();
        this.listener = listener;
        this.seenEpoch = queue.epoch();
        this.lastWriteNs = nowNs;
    }

    /** Sends what is due. */
    void poll(long nowNs) {
        noteClear(nowNs);
        releaseDue(nowNs);
        flush(nowNs);
    }

    /** In how long {@link #poll} has something to do, provided that nothing is offered before; 0 or less: now. */
    long waitNs(long nowNs) {
        if (!sendQueue.hasRoomForControl()) {
            // Nothing can be released before the socket takes something, and that polls the call anyway.
            return Long.MAX_VALUE;
        }
        if (!queue.isEmpty()) {
            return pacer.waitNs(nowNs);
        }
        return pacer.isPlaying() ? pacer.underrunNs() - nowNs : Long.MAX_VALUE;
    }

    /** The peer returned a mark; false when it never was sent. */
    boolean onMarkReturned(String wireName, long nowNs) {
        Settled settled = marks.onReturned(wireName);
        if (settled == null) {
            return marks.isLateReturn(wireName);
        }
        listener.onMarkSettled(settled, nowNs);
        return true;
    }

    /** The stream is gone: nothing can be sent, and what the peer had not played will not be. */
    void onStreamLost(long nowNs) {
        link = null;
        sendQueue.clearFrames();
        dropUnsentControl();
        interruptMarks(nowNs);
        pacer.onClear();
    }

    /** Goes on on a socket that outlived its worker: same clock, same names of marks. */
    void onStreamAdopted(Continuation from, long nowNs) {
        marks.continueAfter(from.lastMarkNumber());
        if (from.nextPlayoutNs() != 0) {
            pacer.resume(from.nextPlayoutNs(), MAX_RESUMED_LAG_NS, nowNs);
        }
    }

    void onStreamResumed(PeerLink newLink, long nowNs) {
        link = newLink;
        clearOwed = false;
        lastWriteNs = nowNs;
    }

    /** Takes no more audio; what is queued still plays. */
    void closeIntake() {
        queue.close();
    }

    void discard(long nowNs) {
        queue.discard();
        sendQueue.discard();
        interruptMarks(nowNs);
        for (MediaItem item = queue.poll(true); item != null; item = queue.poll(true)) {
            if (item instanceof TxControl.MarkPoint mark) {
                listener.onMarkSettled(interrupted(mark), nowNs);
            }
        }
    }

    /** Something of ours is queued, or not yet played by the peer. */
    boolean isAudibleAt(long nowNs) {
        return queue.depthFrames() > 0 || sendQueue.depthFrames() > 0 || pacer.isAudibleAt(nowNs);
    }

    /** Nothing waits any more, and the peer's own clock says that all was heard. */
    boolean isPlayedOutAt(long nowNs) {
        return queue.isEmpty() && sendQueue.isEmpty() && !pacer.isAudibleAt(nowNs);
    }

    /** Marks that were sent and not returned. */
    boolean hasPendingMarks() {
        return marks.size() > 0;
    }

    /** For how long something has waited that the peer does not take; 0 when nothing waits. */
    long stalledNs(long nowNs) {
        return sendQueue.isEmpty() ? 0 : nowNs - lastWriteNs;
    }

    int sendDepthFrames() {
        return sendQueue.depthFrames();
    }

    /** Tells the recorder what a successor has to know. */
    void note(CallSlot slot) {
        slot.playout(pacer.nextPlayoutNs(), marks.size(), marks.lastNumber());
    }

    QueueCounts queueCounts() {
        return queue.counts();
    }

    QueueCounts sendCounts() {
        return sendQueue.counts();
    }

    TxSecond endSecond(long elapsedNs) {
        noteDrops();
        return meter.endSecond(elapsedNs, queue.depthFrames(), sendQueue.depthFrames(), pacer.isPlaying());
    }

    private void releaseDue(long nowNs) {
        int frames = 0;
        while (link != null && sendQueue.hasRoomForControl()) {
            boolean audioIsDue = frames < maxFramesPerTurn && pacer.decide(nowNs, true) == Decision.SEND;
            MediaItem item = queue.poll(audioIsDue, seenEpoch);
            switch (item) {
                case AudioFrame frame -> {
                    release(frame, nowNs);
                    frames++;
                }
                case ControlItem control -> release((TxControl) control, nowNs);
                case null -> {
                    sourceIsLate |= audioIsDue;
                    noteUnderrun(nowNs);
                    return;
                }
            }
        }
    }

    private void release(AudioFrame frame, long nowNs) {
        boolean starts = !pacer.isPlaying();
        long pacedNs = pacer.onSent(nowNs);
        // A frame that came after its deadline, as an echo's always does, is not late by our doing.
        long latenessNs = sourceIsLate ? 0 : pacedNs;
        sourceIsLate = false;
        sendQueue.offer(frame);
        playbackFrames = playbackOver ? 1 : playbackFrames + 1;
        playbackOver = false;
        meter.onPaced(latenessNs);
        listener.onSendLateness(latenessNs);
        if (starts) {
            listener.onPlaybackStarted(nowNs);
        }
    }

    private void release(TxControl control, long nowNs) {
        boolean dead = control.epoch() != seenEpoch;
        switch (control) {
            case TxControl.MarkPoint mark -> {
                if (dead || marks.size() >= MAX_PENDING_MARKS) {
                    listener.onMarkSettled(interrupted(mark), nowNs);
                } else {
                    sendQueue.offer(new PeerControl.SendMark(marks.onSend(mark.name(), playbackFrames)));
                    listener.onMarkSent(mark.name(), nowNs);
                }
            }
            case TxControl.PlaybackEnd end -> {
                if (!dead) {
                    playbackOver = true;
                    pacer.onPlaybackEnd();
                    meter.onSilence();
                }
            }
        }
    }

    private void noteUnderrun(long nowNs) {
        if (queue.depthFrames() == 0 && pacer.decide(nowNs, false) == Decision.UNDERRUN) {
            meter.onUnderrun();
        }
    }

    /** A clear was asked for since the last turn: forget what has not left, and tell the peer to do the same. */
    private void noteClear(long nowNs) {
        long epoch = queue.epoch();
        if (epoch == seenEpoch) {
            return;
        }
        seenEpoch = epoch;
        playbackOver = true;
        meter.onCleared(sendQueue.clearFrames());
        dropUnsentControl();
        pacer.onClear();
        interruptMarks(nowNs);
        clearOwed = true;
    }

    private void flush(long nowNs) {
        PeerLink socket = link;
        if (socket == null) {
            return;
        }
        if (clearOwed && socket.isWritable()) {
            socket.send(new PeerControl.SendClear());
            lastWriteNs = nowNs;
            clearOwed = false;
        }
        if (sendQueue.isEmpty()) {
            lastWriteNs = nowNs;
        }
        // Asked only when there is something to send: the socket would give up its place in the loop's round for it.
        while (!clearOwed && !sendQueue.isEmpty() && socket.isWritable()) {
            MediaItem item = Objects.requireNonNull(sendQueue.poll(), "of a queue that is not empty");
            socket.send(item);
            lastWriteNs = nowNs;
            if (item instanceof AudioFrame) {
                meter.onWritten();
            }
        }
    }

    private Settled interrupted(TxControl.MarkPoint mark) {
        return new Settled(mark.name(), MarkOutcome.INTERRUPTED, playbackFrames);
    }

    private void interruptMarks(long nowNs) {
        for (Settled settled : marks.interruptAll()) {
            listener.onMarkSettled(settled, nowNs);
        }
    }

    /** After the frames were cleared: only marks are left, and {@link PendingMarks} reports them. */
    private void dropUnsentControl() {
        MediaItem unsent;
        do {
            unsent = sendQueue.poll();
        } while (unsent != null);
    }

    private void noteDrops() {
        long sendDrops = sendQueue.counts().droppedOverflow();
        QueueCounts tx = queue.counts();
        meter.onDrops(sendDrops - sendDropsSeen + tx.droppedOverflow() - txDropsSeen);
        if (tx.droppedCleared() != txClearedSeen) {
            meter.onCleared(tx.droppedCleared() - txClearedSeen);
        }
        sendDropsSeen = sendDrops;
        txDropsSeen = tx.droppedOverflow();
        txClearedSeen = tx.droppedCleared();
    }
}
