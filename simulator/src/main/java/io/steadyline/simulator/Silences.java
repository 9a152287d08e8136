package io.steadyline.simulator;

import java.util.List;

/**
 * Silences of an echoing server: the times between two media messages of it, and from the last one to the end of the
 * stream, measured where the socket was read. The wait for the first one is {@link CallReport.Received#firstMediaMs}.
 *
 * @param boundMs a silence longer than this is listed
 * @param longestMs of all spacings, also of those within the bound; 0 when no media came
 * @param longestAtMs when it began, since the stream's start
 * @param longest the {@link #MAX_LISTED} longest ones beyond the bound, in the order of time
 * @param beyondBound how many there were beyond the bound, listed or not
 */
public record Silences(long boundMs, double longestMs, long longestAtMs, List<Silence> longest, long beyondBound) {

    public static final int MAX_LISTED = 100;

    public Silences {
        longest = List.copyOf(longest);
    }

    public static Silences none() {
        return new Silences(0, 0, 0, List.of(), 0);
    }

    /**
     * @param atMs when it began, since the stream's start
     * @param beganNs the same on {@link System#nanoTime} of this process, on which calls can be compared
     */
    public record Silence(long atMs, long beganNs, double lengthMs) {

        long endedNs() {
            return beganNs + Math.round(lengthMs * 1e6);
        }
    }
}
