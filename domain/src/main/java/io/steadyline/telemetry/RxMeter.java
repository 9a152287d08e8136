package io.steadyline.telemetry;

/** Sums up one second of the receiving direction. Owned by the media loop. */
public final class RxMeter {

    private long framesIn;
    private long written;
    private long refusals;
    private long refusedInput;
    private long missing;
    private long writeNs;
    private long drops;
    private int maxDepthFrames;
    private boolean drained;
    private boolean heardBefore;
    private long lastArrivalNs;
    private long maxArrivalGapNs;

    public void onArrival(long nowNs) {
        if (heardBefore) {
            maxArrivalGapNs = Math.max(maxArrivalGapNs, nowNs - lastArrivalNs);
        }
        heardBefore = true;
        lastArrivalNs = nowNs;
    }

    public void onFrameIn(int depthFrames) {
        framesIn++;
        maxDepthFrames = Math.max(maxDepthFrames, depthFrames);
    }

    public void onWritten(long tookNs) {
        written++;
        writeNs += tookNs;
    }

    public void onRefused() {
        refusals++;
    }

    public void onDrops(long frames) {
        drops += frames;
    }

    public void onDraining() {
        drained = true;
    }

    public void onRefusedInput() {
        refusedInput++;
    }

    public void onMissing(long messages) {
        missing += messages;
    }

    /** The record of the second that ends now; starts the next one. */
    public RxSecond endSecond(long elapsedNs, int depthFrames, int sttDepthFrames) {
        RxSecond second = new RxSecond(
                drained ? RxMode.DRAIN : RxMode.NORMAL,
                framesIn * 1e9 / elapsedNs,
                depthFrames,
                Math.max(maxDepthFrames, depthFrames),
                drops,
                written == 0 ? 0 : writeNs / 1e6 / written,
                written,
                refusals,
                sttDepthFrames,
                missing,
                refusedInput,
                maxArrivalGapNs / 1e6);
        framesIn = 0;
        written = 0;
        refusals = 0;
        refusedInput = 0;
        missing = 0;
        writeNs = 0;
        drops = 0;
        maxDepthFrames = 0;
        drained = false;
        maxArrivalGapNs = 0;
        return second;
    }
}
