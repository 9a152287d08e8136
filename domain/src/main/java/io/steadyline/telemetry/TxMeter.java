package io.steadyline.telemetry;

/** Sums up one second of the sending direction. Owned by the media loop. */
public final class TxMeter {

    private long written;
    private long drops;
    private long cleared;
    private long underruns;
    private long maxLatenessNs;
    private boolean silent = true;

    /** A frame was written to the socket. */
    public void onWritten() {
        written++;
    }

    /** A frame was let go {@code latenessNs} after its deadline; it may still wait for the socket. */
    public void onPaced(long latenessNs) {
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
                written * 1e9 / elapsedNs,
                depthFrames,
                drops,
                cleared,
                playing && !silent,
                sendDepthFrames,
                maxLatenessNs / 1e6,
                underruns);
        written = 0;
        drops = 0;
        cleared = 0;
        underruns = 0;
        maxLatenessNs = 0;
        silent = !playing;
        return second;
    }
}
