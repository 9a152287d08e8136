package io.steadyline.telemetry;

/** Sums up one second of the sending direction. Owned by the media loop. */
public final class TxMeter {

    private long sent;
    private long drops;
    private long cleared;
    private long underruns;
    private long maxLatenessNs;
    private boolean silent = true;

    public void onSent(long latenessNs) {
        sent++;
        maxLatenessNs = Math.max(maxLatenessNs, latenessNs);
    }

    public void onUnderrun() {
        underruns++;
        silent = true;
    }

    /** Nothing plays: this second cannot be held to 50 frames. */
    public void onSilence() {
        silent = true;
    }

    public void onDrops(long frames) {
        drops += frames;
    }

    public void onCleared(long frames) {
        cleared += frames;
        silent = true;
    }

    /** The record of the second that ends now; starts the next one. */
    public TxSecond endSecond(long elapsedNs, int depthFrames, int sendDepthFrames, boolean playing) {
        TxSecond second = new TxSecond(
                sent * 1e9 / elapsedNs,
                depthFrames,
                drops,
                cleared,
                playing && !silent,
                sendDepthFrames,
                maxLatenessNs / 1e6,
                underruns);
        sent = 0;
        drops = 0;
        cleared = 0;
        underruns = 0;
        maxLatenessNs = 0;
        silent = !playing;
        return second;
    }
}
