package io.steadyline.grpc.agent;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.CallEnd;
import io.steadyline.turn.BargeInPolicy;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A call's line that plays one frame each time that it is told to. Owned by the test, as the media loop. */
final class FakeLine implements AgentLine {

    private static final int ROOM_FRAMES = 50;

    final List<String> log = new ArrayList<>();
    final ByteArrayOutputStream played = new ByteArrayOutputStream();
    private final Deque<AudioFrame> queue = new ArrayDeque<>();
    private long epoch = 1;

    void playOne() {
        AudioFrame frame = queue.poll();
        if (frame != null) {
            played.writeBytes(frame.payload());
        }
    }

    @Override
    public synchronized long epoch() {
        return epoch;
    }

    @Override
    public OfferOutcome offer(AudioFrame frame, long playbackEpoch) {
        if (playbackEpoch != epoch()) {
            return OfferOutcome.REFUSED_DEAD_EPOCH;
        }
        queue.add(frame);
        return OfferOutcome.ACCEPTED;
    }

    @Override
    public OfferOutcome mark(String name, long playbackEpoch) {
        log.add("mark " + name);
        return OfferOutcome.ACCEPTED;
    }

    @Override
    public OfferOutcome endPlayback(long playbackEpoch) {
        return OfferOutcome.ACCEPTED;
    }

    @Override
    public boolean isWritable() {
        return queue.size() < ROOM_FRAMES;
    }

    @Override
    public void onWritable(Runnable listener) {
        // The test's loop asks again and again.
    }

    @Override
    public int queuedFrames() {
        return queue.size();
    }

    @Override
    public void bargeIn(Optional<BargeInPolicy> policy) {
        log.add("barge-in "
                + policy.map(asked -> asked.enabled() ? "on" : "off").orElse("as set"));
    }

    @Override
    public void wake() {
        // The test's loop asks again and again.
    }

    @Override
    public synchronized void clear() {
        queue.clear();
        epoch++;
    }

    @Override
    public void hangUp(String why) {
        log.add("hang up " + why);
    }

    @Override
    public void end(CallEnd end) {
        log.add("end " + end.detail());
    }

    @Override
    public void attached(String agent) {
        log.add("attached " + agent);
    }

    @Override
    public void missing(String why) {
        // What the desk says is looked at, not what the call records.
    }

    @Override
    public void detached(String why) {
        log.add("detached " + why);
    }
}
