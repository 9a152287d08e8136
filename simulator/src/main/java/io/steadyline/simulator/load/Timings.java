package io.steadyline.simulator.load;

import org.HdrHistogram.Histogram;

/** Times of one kind, in microseconds with three digits: of the second that runs, and of all that is measured. One owner. */
final class Timings {

    private static final long LONGEST_US = 60_000_000;
    private static final int DIGITS = 3;

    private final Histogram second = new Histogram(LONGEST_US, DIGITS);
    private final Histogram measured = new Histogram(LONGEST_US, DIGITS);

    void record(long durationNs, boolean isMeasured) {
        long us = Math.clamp(durationNs / 1_000, 0, LONGEST_US);
        second.recordValue(us);
        if (isMeasured) {
            measured.recordValue(us);
        }
    }

    /** The second that ends now; the next one starts from nothing. */
    Quantiles takeSecond() {
        Quantiles taken = of(second);
        second.reset();
        return taken;
    }

    static Quantiles none() {
        return new Quantiles(0, 0, 0, 0, 0);
    }

    Quantiles measured() {
        return of(measured);
    }

    private static Quantiles of(Histogram histogram) {
        return new Quantiles(
                histogram.getTotalCount(),
                ms(histogram.getValueAtPercentile(50)),
                ms(histogram.getValueAtPercentile(99)),
                ms(histogram.getValueAtPercentile(99.9)),
                ms(histogram.getMaxValue()));
    }

    private static double ms(long us) {
        return us / 1_000.0;
    }
}
