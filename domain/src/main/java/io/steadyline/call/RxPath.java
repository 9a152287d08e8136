package io.steadyline.call;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Framer;
import io.steadyline.pacing.RxPacer;
import io.steadyline.pacing.RxPacer.Decision;
import io.steadyline.port.Ticker;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.queue.RxQueue;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallMoment;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.RxMeter;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Caller audio on its way to the recogniser. Owned by the media loop.
 *
 * <p>A frame meets the fields in their order: cut to size, queued, released by the pacer, offered to the recogniser's
 * queue. A frame that is refused there stays {@code pending} and is the next one offered (R9).
 */
public final class RxPath {

    /** How soon a refused frame is offered again when no new one comes. */
    private static final long RETRY_NS = 5_000_000;
    /** A frame that comes so little before its moment goes at once: to hold it back would cost the call a turn of its own. */
    private static final long EARLY_NS = 5_000_000;

    private final Framer framer;
    private final RxQueue queue;
    private final RxPacer pacer;
    private @Nullable AudioFrame pending;
    private int pendingDropped;
    private int maxDepthFrames;
    private final SttQueue stt;

    private final int capacityFrames;
    private final Ticker ticker;
    private final RxListener listener;
    private final Consumer<AudioFrame> intake = this::take;
    private final RxMeter meter = new RxMeter();
    private boolean refused;
    private boolean arrived;
    private RxMode lastMode = RxMode.NORMAL;
    private long drainSinceNs;
    private long drainedFrames;
    private long dropsSeen;

    /** Told by the path as it happens. */
    interface RxListener {
        void onCallerFrame(AudioFrame frame);

        void onSttWrite(long writeNs);

        void onMoment(CallMoment moment);
    }

    RxPath(AudioFormat format, CallSettings settings, SttQueue stt, Ticker ticker, RxListener listener) {
        this.framer = new Framer(format);
        this.queue = new RxQueue(settings.rxQueueFrames());
        this.pacer = new RxPacer(settings.rxPacing());
        this.stt = stt;
        this.capacityFrames = settings.rxQueueFrames();
        this.ticker = ticker;
        this.listener = listener;
    }

    /** Every media message comes in here, recogniser or not (R7). */
    void onMedia(byte[] audio, long nowNs) {
        meter.onArrival(nowNs);
        framer.add(audio, intake);
    }

    /** Hands on what is due. */
    void poll(long nowNs) {
        refused = false;
        long untilNs = arrived && depthFrames() == 1 ? nowNs + EARLY_NS : nowNs;
        arrived = false;
        for (int turn = 0; turn < pacer.rules().drainFramesPerTurn(); turn++) {
            Decision decision = pacer.decide(untilNs, depthFrames());
            noteMode(nowNs);
            if (decision == Decision.WAIT || !handOn(nowNs)) {
                break;
            }
        }
    }

    /** In how long {@link #poll} has something to do, provided that no frame comes before; 0 or less: now. */
    long waitNs(long nowNs) {
        if (depthFrames() == 0) {
            return Long.MAX_VALUE;
        }
        if (refused) {
            return RETRY_NS;
        }
        return pacer.mode() == RxMode.DRAIN ? 0 : pacer.nextDeadlineNs() - nowNs;
    }

    /** The stream has ended: an incomplete frame is padded, so that nothing of the caller's last word is missing. */
    void onStreamEnd() {
        framer.flush(intake);
    }

    /** Hands on what waits as fast as it is taken; true when nothing waits any more. For the end of a call. */
    boolean flush(long nowNs) {
        refused = false;
        while (depthFrames() > 0 && handOn(nowNs)) {
            pacer.decide(nowNs, depthFrames());
        }
        return depthFrames() == 0;
    }

    /** The recogniser will never hear what still waits. */
    void discard() {
        pendingDropped += pending == null ? 0 : 1;
        pending = null;
        queue.discard();
    }

    void onRefusedInput() {
        meter.onRefusedInput();
    }

    void onMissing(long messages) {
        meter.onMissing(messages);
    }

    /** R11's q: what waits, the pending frame included. */
    int depthFrames() {
        return queue.depthFrames() + (pending == null ? 0 : 1);
    }

    /** The pending frame counts as queued: it has not gone anywhere yet. */
    QueueCounts counts() {
        QueueCounts counts = queue.counts();
        int held = pending == null ? 0 : 1;
        return new QueueCounts(
                counts.queue(),
                counts.in(),
                counts.out() - held - pendingDropped,
                counts.droppedOverflow(),
                counts.droppedCleared(),
                counts.droppedClosed() + pendingDropped,
                counts.refused(),
                counts.depth() + held,
                maxDepthFrames,
                counts.controlDepth());
    }

    RxSecond endSecond(long elapsedNs) {
        noteDrops();
        return meter.endSecond(elapsedNs, depthFrames(), stt.depthFrames());
    }

    private void take(AudioFrame frame) {
        queue.offer(frame);
        arrived = true;
        int depthFrames = depthFrames();
        maxDepthFrames = Math.max(maxDepthFrames, depthFrames);
        meter.onFrameIn(depthFrames);
        listener.onCallerFrame(frame);
    }

    private boolean handOn(long nowNs) {
        AudioFrame frame = pending != null ? pending : queue.poll();
        if (frame == null) {
            return false;
        }
        long beforeNs = ticker.nowNs();
        OfferOutcome outcome = stt.offer(frame, mayDropAtRecogniser());
        long tookNs = ticker.nowNs() - beforeNs;
        if (outcome == OfferOutcome.CLOSED) {
            pending = null;
            pendingDropped++;
            meter.onRefused();
            meter.onDrops(1);
            return true;
        }
        if (!outcome.isAccepted()) {
            pending = frame;
            refused = true;
            meter.onRefused();
            return false;
        }
        pending = null;
        pacer.onWritten(nowNs);
        meter.onWritten(tookNs);
        listener.onSttWrite(tookNs);
        if (pacer.mode() == RxMode.DRAIN) {
            drainedFrames++;
        }
        return true;
    }

    /** Draining, the recogniser's queue may drop its oldest frame, but only when there is no room left here either. */
    private RxMode mayDropAtRecogniser() {
        return depthFrames() >= capacityFrames ? pacer.mode() : RxMode.NORMAL;
    }

    private void noteMode(long nowNs) {
        RxMode mode = pacer.mode();
        if (mode == RxMode.DRAIN) {
            meter.onDraining();
        }
        if (mode == lastMode) {
            return;
        }
        lastMode = mode;
        switch (mode) {
            case DRAIN -> {
                drainSinceNs = nowNs;
                drainedFrames = 0;
                listener.onMoment(new CallMoment.DrainEntered(nowNs, depthFrames()));
            }
            case NORMAL ->
                listener.onMoment(new CallMoment.DrainLeft(nowNs, depthFrames(), drainSinceNs, drainedFrames));
        }
    }

    private void noteDrops() {
        long drops = queue.droppedByOverflow() + stt.droppedByOverflow();
        meter.onDrops(drops - dropsSeen);
        dropsSeen = drops;
    }
}
