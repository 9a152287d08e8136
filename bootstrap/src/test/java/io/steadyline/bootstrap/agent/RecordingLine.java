package io.steadyline.bootstrap.agent;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.turn.BargeInPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call's line that remembers what it was asked. */
final class RecordingLine implements AgentLine {

    static final CallFacts FACTS = new CallFacts(
            new CallId("CA1"),
            new StreamId("MZ1"),
            "twilio",
            "AC1",
            AudioFormat.MULAW_8K,
            StreamMode.BIDIRECTIONAL,
            Set.of(Track.INBOUND),
            Map.of());

    final List<AudioFrame> frames = new ArrayList<>();
    final List<Long> epochs = new ArrayList<>();
    boolean refuses;
    int otherAsks;
    private long epoch;

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public OfferOutcome offer(AudioFrame frame, long playbackEpoch) {
        if (refuses) {
            return OfferOutcome.REFUSED_FULL;
        }
        frames.add(frame);
        epochs.add(playbackEpoch);
        return OfferOutcome.ACCEPTED;
    }

    @Override
    public OfferOutcome mark(String name, long playbackEpoch) {
        otherAsks++;
        return OfferOutcome.ACCEPTED;
    }

    @Override
    public OfferOutcome endPlayback(long playbackEpoch) {
        otherAsks++;
        return OfferOutcome.ACCEPTED;
    }

    @Override
    public boolean isWritable() {
        return !refuses;
    }

    @Override
    public void onWritable(Runnable listener) {
        otherAsks++;
    }

    @Override
    public int queuedFrames() {
        otherAsks++;
        return 0;
    }

    @Override
    public void wake() {
        otherAsks++;
    }

    @Override
    public void clear() {
        epoch++;
    }

    @Override
    public void hangUp(String why) {
        otherAsks++;
    }

    @Override
    public void end(CallEnd end) {
        otherAsks++;
    }

    @Override
    public void attached(String agent) {
        otherAsks++;
    }

    @Override
    public void missing(String why) {
        otherAsks++;
    }

    @Override
    public void detached(String why) {
        otherAsks++;
    }

    @Override
    public void bargeIn(Optional<BargeInPolicy> policy) {
        otherAsks++;
    }
}
