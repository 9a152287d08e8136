package io.steadyline.call;

import io.steadyline.media.AudioClip;
import io.steadyline.queue.OfferOutcome;
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

    private final Optional<AudioClip> clip;
    private final TxQueue queue;
    private final long epoch;
    private int nextFrame;
    private volatile boolean playing;

    GreetingPlayer(Optional<AudioClip> clip, TxQueue queue) {
        this.clip = clip;
        this.queue = queue;
        this.epoch = queue.epoch();
        this.playing = clip.isPresent();
    }

    /** Fills the queue up to its high watermark. */
    void poll() {
        if (!playing) {
            return;
        }
        AudioClip audio = clip.orElseThrow();
        while (nextFrame < audio.frameCount() && queue.isWritable()) {
            OfferOutcome outcome = queue.offer(audio.frame(nextFrame), epoch);
            if (!outcome.isAccepted()) {
                playing = false;
                return;
            }
            nextFrame++;
        }
        if (nextFrame == audio.frameCount() || !isCurrent()) {
            queue.offer(new MarkPoint(MARK, epoch));
            queue.offer(new PlaybackEnd(epoch));
            playing = false;
        }
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

    private boolean isCurrent() {
        return queue.epoch() == epoch;
    }
}
