package io.steadyline.telemetry;

/**
 * The receiving direction in one second of a call.
 *
 * @param mode DRAIN if the path was in drain mode at any time of the second
 * @param fpsIn frames that entered the RX queue, per second
 * @param depthFrames RX queue with the pending frame, at the end of the second
 * @param maxDepthFrames the deepest it was
 * @param drops frames lost in this second between socket and recogniser (RX and STT queue)
 * @param writeMs mean time of the hand-over of a frame towards the recogniser, in ms
 * @param written frames that the recogniser's side accepted
 * @param refusals offers that it refused; such a frame stays pending and is offered again
 * @param sttDepthFrames STT queue at the end of the second
 * @param missing messages that the peer's own numbering says were lost before they reached us
 * @param refusedInput messages of the peer that could not be used
 * @param maxArrivalGapMs longest time between two media messages, in ms
 */
public record RxSecond(
        RxMode mode,
        double fpsIn,
        int depthFrames,
        int maxDepthFrames,
        long drops,
        double writeMs,
        long written,
        long refusals,
        int sttDepthFrames,
        long missing,
        long refusedInput,
        double maxArrivalGapMs) {}
