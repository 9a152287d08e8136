package io.steadyline.call;

import io.steadyline.media.AudioClip;
import io.steadyline.queue.TxQueue;
import io.steadyline.signal.TxControl.MarkPoint;
import io.steadyline.signal.TxControl.PlaybackEnd;
import java.util.Optional;

/**
 * Feeds the greeting into the TX queue as it becomes writable; the agent's audio has to wait until the last frame is in.
 * Owned by the media loop; only {@link #isPlaying} may be asked by others.
 */
final class GreetingPlayer {

    /** Name of the mark behind the greeting; an agent's own marks never carry a control character. */
    static final String MARK = "\u0001greeting";

    private Optional<AudioClip> clip;
    private final TxQueue queue;
    private long epoch;
    private int nextFrame;
    private volatile boolean playing;
    private volatile Runnable finishedListener = () -> {};

    GreetingPlayer(Optional<AudioClip> clip, TxQueue queue) {
        this.clip = clip.filter(audio -> audio.frameCount() > 0);
        this.queue = queue;
        this.epoch = queue.epoch();
        this.playing = this.clip.isPresent();
    }

    /** Fills the queue up to its high watermark. True when a clear has cut the greeting off: its mark will not come. */
    boolean poll() {
        if (!playing) {
            return false;
        }
        AudioClip audio = clip.orElseThrow();
        while (nextFrame < audio.frameCount() && queue.isWritable()) {
            if (!queue.offer(audio.frame(nextFrame), epoch).isAccepted()) {
                finish();
                return true;
            }
            nextFrame++;
        }
        if (nextFrame < audio.frameCount()) {
            return false;
        }
        boolean cut = !queue.offer(new MarkPoint(MARK, epoch)).isAccepted();
        queue.offer(new PlaybackEnd(epoch));
        finish();
        return cut;
    }

    /** Plays this instead, from its beginning; nothing when it is empty. */
    void replace(Optional<AudioClip> other) {
        clip = other.filter(audio -> audio.frameCount() > 0);
        epoch = queue.epoch();
        nextFrame = 0;
        playing = clip.isPresent();
    }

    /** Frames are still to be queued. */
    boolean isPlaying() {
        return playing;
    }

    boolean isPresent() {
        return clip.isPresent();
    }

    long durationMs() {
        return clip.map(AudioClip::durationMs).orElse(0L);
    }

    /** Called once when the agent's audio is taken, unless that is so already. Any thread. */
    void onFinished(Runnable listener) {
        finishedListener = listener;
    }

    private void finish() {
        playing = false;
        // A queue above its watermark tells of its room itself, later; one that never got there would not.
        if (queue.isWritable()) {
            finishedListener.run();
        }
    }
}
