package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Audio that was sent and that no answer of the vendor covers yet; another connection gets it again. Bounded: beyond the
 * bound the oldest frame goes, and is remembered as unanswered. Not thread-safe.
 */
final class ReplayWindow {

    private final int ptimeMs;
    private final int capacityFrames;
    private final Deque<AudioFrame> frames = new ArrayDeque<>();
    /** Where unanswered audio that is not kept any more begins; -1: nothing was lost so. */
    private long forgottenFromMs = -1;

    ReplayWindow(int ptimeMs, long windowMs) {
        this.ptimeMs = ptimeMs;
        this.capacityFrames = (int) (windowMs / ptimeMs);
    }

    void add(AudioFrame frame) {
        if (frames.size() == capacityFrames) {
            AudioFrame oldest = frames.removeFirst();
            if (forgottenFromMs < 0) {
                forgottenFromMs = startMs(oldest);
            }
        }
        frames.addLast(frame);
    }

    /** All audio before this moment of the call has its answer. */
    void answeredUntil(long callMs) {
        if (forgottenFromMs >= 0 && forgottenFromMs < callMs) {
            forgottenFromMs = oldestMs(callMs) > callMs ? callMs : -1;
        }
        while (!frames.isEmpty() && startMs(frames.getFirst()) + ptimeMs <= callMs) {
            frames.removeFirst();
        }
    }

    /** Copies what is to be sent again, oldest first, from a moment of the call on. */
    Deque<AudioFrame> since(long callMs) {
        Deque<AudioFrame> again = new ArrayDeque<>();
        for (AudioFrame frame : frames) {
            if (startMs(frame) + ptimeMs > callMs) {
                again.addLast(frame);
            }
        }
        return again;
    }

    /** Everything is given to somebody else; nothing is kept any more. */
    void clear() {
        frames.clear();
        forgottenFromMs = -1;
    }

    /** Where audio begins that was neither answered nor kept. It ends where the kept begins. */
    OptionalLong forgottenFromMs() {
        return forgottenFromMs < 0 ? OptionalLong.empty() : OptionalLong.of(forgottenFromMs);
    }

    /** What was forgotten is known to be lost, unless it began before this moment of the call. */
    void forgottenIsTold(long fromMs) {
        if (forgottenFromMs >= fromMs) {
            forgottenFromMs = -1;
        }
    }

    /** Where the oldest kept frame begins; {@code otherwise} when none is kept. */
    long oldestMs(long otherwise) {
        return frames.isEmpty() ? otherwise : startMs(frames.getFirst());
    }

    private long startMs(AudioFrame frame) {
        return frame.position() * ptimeMs;
    }
}
