package io.steadyline.agent;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.AgentEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a bot has not got yet, or has not acknowledged, in the order in which it happened: the latest caller frames up to a
 * limit, and all events up to a far higher one. Full: the oldest is forgotten, and counted when nobody had been told of it.
 * Media loop.
 */
final class ReplayWindow {

    /** Far more than happens in the minutes that a call waits for a bot; bounds one that never acknowledges. */
    static final int MAX_EVENTS = 2048;

    private record Kept(long sequence, AgentEvent event, long framesBefore) {}

    private final AudioFrame[] frames;
    private final Deque<Kept> events = new ArrayDeque<>();
    private int firstFrame;
    private int frameCount;
    /** Position of the frame that comes next. */
    private long nextPosition;
    /** Frames below this position and events up to this sequence were sent to some bot. */
    private long sentPosition;

    private long sentSequence;
    private long lostFrames;
    private long lostEvents;

    ReplayWindow(int maxFrames) {
        frames = new AudioFrame[Math.max(1, maxFrames)];
    }

    void add(AudioFrame frame) {
        if (frameCount == frames.length) {
            lostFrames += frames[firstFrame].position() >= sentPosition ? 1 : 0;
            forgetFirstFrame();
        }
        frames[(firstFrame + frameCount) % frames.length] = frame;
        frameCount++;
        nextPosition = frame.position() + 1;
    }

    void add(long sequence, AgentEvent event) {
        if (events.size() == MAX_EVENTS) {
            lostEvents += events.removeFirst().sequence > sentSequence ? 1 : 0;
        }
        events.addLast(new Kept(sequence, event, nextPosition));
    }

    /** Everything that is kept was sent. */
    void noteSent(long lastSequence) {
        sentPosition = nextPosition;
        sentSequence = lastSequence;
    }

    /** A frame that was sent and is not kept. */
    void noteSent(AudioFrame frame) {
        nextPosition = frame.position() + 1;
        sentPosition = nextPosition;
    }

    /** Tells all that is kept, in order. */
    void replay(AgentLeg leg) {
        int frame = 0;
        for (Kept kept : events) {
            while (frame < frameCount && frameAt(frame).position() < kept.framesBefore) {
                leg.onCallerFrame(frameAt(frame++), true);
            }
            leg.on(kept.sequence, kept.event, true);
        }
        while (frame < frameCount) {
            leg.onCallerFrame(frameAt(frame++), true);
        }
    }

    /** @param audioPosition of the last frame; -1: none */
    void acknowledge(long sequence, long audioPosition) {
        while (!events.isEmpty() && events.getFirst().sequence <= sequence) {
            events.removeFirst();
        }
        while (frameCount > 0 && frameAt(0).position() <= audioPosition) {
            forgetFirstFrame();
        }
    }

    void clear() {
        events.clear();
        while (frameCount > 0) {
            forgetFirstFrame();
        }
    }

    int frames() {
        return frameCount;
    }

    int events() {
        return events.size();
    }

    long lostFrames() {
        return lostFrames;
    }

    long lostEvents() {
        return lostEvents;
    }

    /** Sequence of the first event that is kept; {@code otherwise} when none is. */
    long firstSequence(long otherwise) {
        return events.isEmpty() ? otherwise : events.getFirst().sequence;
    }

    private AudioFrame frameAt(int index) {
        return frames[(firstFrame + index) % frames.length];
    }

    @SuppressWarnings("NullAway") // a place that is free holds nothing
    private void forgetFirstFrame() {
        frames[firstFrame] = null;
        firstFrame = (firstFrame + 1) % frames.length;
        frameCount--;
    }
}
