package io.steadyline.restart;

import java.time.Instant;

/**
 * One call's page in the recorder as a dead boot left it. Offsets count bytes of the socket since the page was bound to
 * it; the bases turn the kernel's own counts into them.
 *
 * @param startMessage the peer's start message as it came
 * @param lastMediaAt of the last media message; the start when there was none
 * @param rxBase bytes that the kernel had given to the process when offset 0 was next
 * @param rxHandled up to here messages were handled
 * @param rxPartlyElsewhere a message was being put together outside the page: its bytes are lost with the process
 * @param txBase bytes that the process had given to the kernel when offset 0 was next
 * @param txStart offset at which the message in hand begins
 * @param txBytes length of the message in hand; 0: none; negative: it was too long for the page, and is lost
 * @param txIsFrame the message in hand is a frame of audio
 * @param framesIn media messages taken since the page was bound or adopted
 * @param framesOut frames written since then, without the message in hand
 * @param nextPlayoutNs when the next agent frame is due, on the machine's monotonic clock; 0: nothing plays
 * @param lastChunk number of the last media message by the peer's own counting; -1: none
 * @param lastMarkNumber of the marks named by us on the wire
 */
public record SlotSnapshot(
        int index,
        String callId,
        String streamId,
        String dialect,
        boolean listenOnly,
        String startMessage,
        Instant startedAt,
        Instant lastMediaAt,
        int resumes,
        long rxBase,
        long rxHandled,
        boolean rxPartlyElsewhere,
        long txBase,
        long txStart,
        int txBytes,
        boolean txIsFrame,
        long framesIn,
        long framesOut,
        int rxDepthFrames,
        int sttDepthFrames,
        int txDepthFrames,
        int sendDepthFrames,
        int marksOutstanding,
        long nextPlayoutNs,
        long lastChunk,
        long lastMarkNumber) {

    /** Name under which the socket is held while the worker is away; unique in a recorder. */
    public String socketName() {
        return socketName(index, callId);
    }

    /** The same before there is a snapshot. */
    public static String socketName(int index, String callId) {
        return "call-" + index + "-" + callId;
    }

    /** Frames that left, or that the successor sends: the one in hand is complete in the page. */
    public long framesOutWithTheOneInHand() {
        return framesOut + (txIsFrame && txBytes != 0 ? 1 : 0);
    }
}
