package io.steadyline.turn;

/**
 * The latest voiced frames, to tell whether enough of them stand close together. Closeness is measured in heard time:
 * missing frames between two voiced ones neither help nor harm, until a whole window is missing.
 */
final class VoicedWindow {

    private final int windowMs;
    private final int ptimeMs;
    private final long[] startMs;
    private final long[] heardAtMs;
    private int filled;
    private int next;
    private long heardMs;
    private long missingRunMs;

    VoicedWindow(int voicedMs, int windowMs, int ptimeMs) {
        int frames = Math.ceilDiv(voicedMs, ptimeMs);
        this.windowMs = Math.max(windowMs, frames * ptimeMs);
        this.ptimeMs = ptimeMs;
        this.startMs = new long[frames];
        this.heardAtMs = new long[frames];
    }

    void addMissing(long durationMs) {
        missingRunMs += durationMs;
        if (missingRunMs >= windowMs) {
            clear();
        }
    }

    void addUnvoiced() {
        missingRunMs = 0;
        heardMs += ptimeMs;
    }

    void addVoiced(long frameStartMs) {
        startMs[next] = frameStartMs;
        heardAtMs[next] = heardMs;
        next = (next + 1) % startMs.length;
        filled = Math.min(filled + 1, startMs.length);
        addUnvoiced();
    }

    boolean isEnough() {
        return filled == startMs.length && heardMs - heardAtMs[next] <= windowMs;
    }

    /** Where the first of them began. */
    long oldestStartMs() {
        return startMs[next];
    }

    int voicedMs() {
        return startMs.length * ptimeMs;
    }

    void clear() {
        filled = 0;
    }
}
