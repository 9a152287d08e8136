package io.steadyline.port;

import io.steadyline.media.AudioFrame;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.CallEnd;
import io.steadyline.turn.BargeInPolicy;
import java.util.Optional;

/** What an agent may do to its call. Any thread; nothing blocks. */
public interface AgentLine {

    /** The epoch of the caller's ear: a clear starts a new one. Ask once at the start of a playback. */
    long epoch();

    /** Offers the next frame of a playback that began in {@code epoch}. Refused when that epoch is dead or the call takes none. */
    OfferOutcome offer(AudioFrame frame, long epoch);

    /** Names this point of the playback; the outcome comes as an {@code AgentEvent.MarkSettled}. */
    OfferOutcome mark(String name, long epoch);

    /** The playback that began in {@code epoch} is complete. */
    OfferOutcome endPlayback(long epoch);

    /** False above the high watermark: a source that can wait should, until {@link #onWritable} is called. */
    boolean isWritable();

    /** Called each time that the queue has fallen to its low watermark, by the media loop; returns at once. */
    void onWritable(Runnable listener);

    /** Frames that wait to be played. */
    int queuedFrames();

    /** What caller speech does to the agent from now on; empty: what the settings say. */
    void bargeIn(Optional<BargeInPolicy> policy);

    /** Asks the media loop to poll the call's agent soon. */
    void wake();

    /** Forgets all queued audio here and at the peer, and starts a new epoch. */
    void clear();

    /** Ends the call when what is queued has been played. */
    void hangUp(String why);

    /** The same for another reason. */
    void end(CallEnd end);

    /** A bot has come; for the call's records. */
    void attached(String agent);

    /** Nobody takes the call for now; for the call's records. */
    void missing(String why);

    /** The bot has gone, and the call goes on without it for now; for the call's records. */
    void detached(String why);
}
