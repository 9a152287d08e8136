package io.steadyline.signal;

import java.util.List;

/**
 * What an agent is told of a call that goes on after a break, so that it can go on too.
 *
 * @param gapMs from the last sign of the call until now
 * @param lostInFrames caller audio that was taken and that no recogniser got
 * @param lostOutMs agent audio that waited and was never written
 * @param cause why it broke, in words
 * @param sameStream the socket itself was kept; else the peer came back on a new stream
 * @param finals what was said so far, oldest first; empty when transcripts are not kept
 * @param marksOutstanding marks that were sent and never came back: what was before them may not have been heard
 */
public record Resumption(
        long gapMs,
        long lostInFrames,
        long lostOutMs,
        String cause,
        boolean sameStream,
        List<String> finals,
        List<String> marksOutstanding) {

    public Resumption {
        finals = List.copyOf(finals);
        marksOutstanding = List.copyOf(marksOutstanding);
    }

    /** Within one process: nothing is lost but time. */
    public static Resumption ofStream(long gapMs, String cause) {
        return new Resumption(gapMs, 0, 0, cause, false, List.of(), List.of());
    }
}
