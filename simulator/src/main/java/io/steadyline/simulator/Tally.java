package io.steadyline.simulator;

/** Sums over all calls of a simulator, for its progress. Loop thread. */
final class Tally {

    private long framesSent;
    private long framesReceived;
    private long worstLatenessNs;

    void onFrameSent(long latenessNs) {
        framesSent++;
        worstLatenessNs = Math.max(worstLatenessNs, latenessNs);
    }

    void onFrameReceived() {
        framesReceived++;
    }

    /** The second that ends now; the next one starts from zero. */
    Progress take(long second, int dialling, int active, long finished, long failed) {
        Progress progress = new Progress(
                second, dialling, active, finished, failed, framesSent, framesReceived, worstLatenessNs / 1e6);
        framesSent = 0;
        framesReceived = 0;
        worstLatenessNs = 0;
        return progress;
    }
}
