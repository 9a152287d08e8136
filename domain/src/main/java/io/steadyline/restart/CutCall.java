package io.steadyline.restart;

import java.time.Duration;
import java.time.Instant;

/**
 * A call that was live when a boot ended, as its record has it.
 *
 * @param age from its start to the last sign of it
 * @param lastSeen of its media; the end of the boot when it never had any
 * @param framesIn media messages of the caller that were taken during this boot
 * @param framesOut frames written to the caller during this boot
 * @param lostInFrames caller audio that was taken and that the recogniser had not got yet
 * @param lostOutMs agent audio that waited here and was never written
 * @param marksOutstanding marks that were sent and never came back
 * @param exact the numbers are of the moment of death; else of the call's last journal record
 */
public record CutCall(
        String callId,
        String streamId,
        String dialect,
        Instant startedAt,
        Duration age,
        Instant lastSeen,
        long framesIn,
        long framesOut,
        long lostInFrames,
        long lostOutMs,
        int marksOutstanding,
        boolean exact,
        Fate fate) {

    /** What became of it, as far as the next boot knew at its start. */
    public enum Fate {
        /** Its socket was kept and went on with the next boot. */
        ADOPTED,
        /** Its socket was kept and could not be gone on with: closed with 1012, the provider may bring it back. */
        CLOSED,
        /** Its socket died with the process. */
        CUT
    }

    public CutCall withFate(Fate known) {
        return new CutCall(
                callId,
                streamId,
                dialect,
                startedAt,
                age,
                lastSeen,
                framesIn,
                framesOut,
                lostInFrames,
                lostOutMs,
                marksOutstanding,
                exact,
                known);
    }
}
