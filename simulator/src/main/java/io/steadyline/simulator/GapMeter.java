package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;

/**
 * Regularity of received media: for each media message the deviation of its spacing from what real time asks, which is
 * the duration of the message before it (20 ms for the usual 160 bytes). Pure, one owner.
 *
 * <ul>
 *   <li>A spacing of more than {@code newPlaybackAfter} (200 ms unless told otherwise), or any spacing after a clear, is
 *       the start of a new playback, not an error: servers are silent between answers.
 *   <li>At the start of a playback servers may send some frames ahead, so as to have a lead over the play-out. As long as
 *       every spacing of the playback has been under half of what real time asks, its frames are counted as lead frames
 *       and not as errors. The first spacing that is longer ends the lead and is measured. A burst later in the playback
 *       is an error, as is the stall before it.
 * </ul>
 */
final class GapMeter {

    private final long newPlaybackAfterNs;
    private final Distribution.Recorder errors = new Distribution.Recorder();
    private boolean isPlaybackOpen;
    private boolean isLeading;
    private long lastNs;
    private long expectedNs;
    private long playbacks;
    private long leadFrames;
    private long wideGaps;

    GapMeter(long newPlaybackAfterNs) {
        this.newPlaybackAfterNs = newPlaybackAfterNs;
    }

    void onMedia(int audioBytes, long nowNs) {
        long spacingNs = nowNs - lastNs;
        if (!isPlaybackOpen || spacingNs > Math.max(newPlaybackAfterNs, 2 * expectedNs)) {
            isPlaybackOpen = true;
            isLeading = true;
            playbacks++;
        } else if (isLeading && spacingNs < expectedNs / 2) {
            leadFrames++;
        } else {
            isLeading = false;
            measure(spacingNs);
        }
        lastNs = nowNs;
        expectedNs = (long) audioBytes * (1_000_000 / Audio.BYTES_PER_MS);
    }

    private void measure(long spacingNs) {
        errors.record(Math.abs(spacingNs - expectedNs));
        if (spacingNs > expectedNs + expectedNs / 2) {
            wideGaps++;
        }
    }

    void onClear() {
        isPlaybackOpen = false;
    }

    Distribution errors() {
        return errors.snapshot();
    }

    long playbacks() {
        return playbacks;
    }

    long leadFrames() {
        return leadFrames;
    }

    /** Spacings of more than one and a half times what real time asks. */
    long wideGaps() {
        return wideGaps;
    }
}
