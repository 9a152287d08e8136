package io.steadyline.call;

import io.steadyline.media.AudioClip;
import io.steadyline.pacing.RxPacing;
import io.steadyline.pacing.TxPacing;
import io.steadyline.queue.RxQueue;
import io.steadyline.queue.SendQueue;
import io.steadyline.queue.SttQueue;
import io.steadyline.queue.TxQueue;
import io.steadyline.turn.BargeInPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What all calls have in common.
 *
 * @param idleLimit a stream without media for so long is over
 * @param peerStallLimit a peer that takes nothing of what we send for so long is given up
 * @param linger how long a call whose stream was lost waits for it to come back
 * @param sttDrain how long the end of a call waits for the recogniser's last words
 * @param hangUpLimit how long a call that is to end may go on playing what is queued
 * @param resumeLine what the caller hears when a call came back on a new stream; the agent's audio follows it
 */
public record CallSettings(
        int rxQueueFrames,
        int sttQueueFrames,
        int txQueueFrames,
        int sendQueueFrames,
        RxPacing rxPacing,
        TxPacing txPacing,
        BargeInPolicy bargeIn,
        Duration idleLimit,
        Duration peerStallLimit,
        Duration linger,
        Duration sttDrain,
        Duration hangUpLimit,
        Optional<AudioClip> greeting,
        Optional<AudioClip> resumeLine) {

    public static final CallSettings DEFAULT = new CallSettings(
            RxQueue.DEFAULT_CAPACITY_FRAMES,
            SttQueue.DEFAULT_CAPACITY_FRAMES,
            TxQueue.DEFAULT_CAPACITY_FRAMES,
            SendQueue.DEFAULT_CAPACITY_FRAMES,
            RxPacing.DEFAULT,
            TxPacing.DEFAULT,
            BargeInPolicy.CLEAR,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Optional.empty(),
            Optional.empty());

    public CallSettings withBargeIn(BargeInPolicy policy) {
        return new CallSettings(
                rxQueueFrames,
                sttQueueFrames,
                txQueueFrames,
                sendQueueFrames,
                rxPacing,
                txPacing,
                policy,
                idleLimit,
                peerStallLimit,
                linger,
                sttDrain,
                hangUpLimit,
                greeting,
                resumeLine);
    }

    public CallSettings withGreeting(AudioClip clip) {
        return new CallSettings(
                rxQueueFrames,
                sttQueueFrames,
                txQueueFrames,
                sendQueueFrames,
                rxPacing,
                txPacing,
                bargeIn,
                idleLimit,
                peerStallLimit,
                linger,
                sttDrain,
                hangUpLimit,
                Optional.of(clip),
                resumeLine);
    }
}
