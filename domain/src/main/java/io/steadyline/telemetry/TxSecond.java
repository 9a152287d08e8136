package io.steadyline.telemetry;

/**
 * The sending direction in one second of a call.
 *
 * @param fps frames written to the socket, per second
 * @param depthFrames TX queue at the end of the second
 * @param drops frames lost in this second by overflow of the TX or the send queue; what a clear forgot is no loss
 * @param cleared frames that a clear forgot
 * @param playing there was audio to send during the whole second, so that {@code fps} has to be about 50
 * @param sendDepthFrames send queue at the end of the second
 * @param maxLatenessMs the latest send against its deadline, in ms
 * @param underruns times that the agent's audio ran dry in the middle of a playback
 */
public record TxSecond(
        double fps,
        int depthFrames,
        long drops,
        long cleared,
        boolean playing,
        int sendDepthFrames,
        double maxLatenessMs,
        long underruns) {}
