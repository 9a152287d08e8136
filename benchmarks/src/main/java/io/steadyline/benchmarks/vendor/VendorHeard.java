package io.steadyline.benchmarks.vendor;

/**
 * What a vendor has heard.
 *
 * @param sessions that were started
 * @param lost started, but ended otherwise than by a stop, or with what is not of the protocol
 * @param messages of audio
 * @param audioMs of sessions that were stopped
 * @param openMs how long those were open, from start to stop
 * @param answers transcriptions
 */
public record VendorHeard(int sessions, int lost, long messages, long audioMs, long openMs, long answers) {

    /** Of the audio that was due; each caller sends all the time. */
    public double share() {
        return openMs == 0 ? 0 : audioMs / (double) openMs;
    }
}
