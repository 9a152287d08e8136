package io.steadyline.simulator.load;

import org.HdrHistogram.Histogram;

/**
 * Times of one kind, in microseconds with three digits: of the second that runs, and of all that is measured. One owner.
 *
 * <p>What is not measured is recorded too, where nobody looks: a branch that is first taken when measuring begins would make the
 * compiler throw away the code of all calls just then, and the load would be late by a quarter of a second.
 */
final class Timings {

    private static final long LONGEST_US = 60_000_000;
    private static final int DIGITS = 3;

    private final Histogram second = new Histogram(LONGEST_US, DIGITS);
    private final Histogram measured = new Histogram(LONGEST_US, DIGITS);
    private final Histogram notMeasured = new Histogram(LONGEST_US, DIGITS);
    private final Histogram punctual = new Histogram(LONGEST_US, DIGITS);
    private Histogram kept = notMeasured;

    /** From now on what is recorded is measured, or not; at first it is not. */
    void measure(boolean measures) {
        kept = measures ? measured : notMeasured;
    }

    void record(long durationNs) {
        long us = Math.clamp(durationNs / 1_000, 0, LONGEST_US);
        second.recordValue(us);
        kept.recordValue(us);
    }

    /** The second that ends now; the next one starts from nothing. */
    Quantiles takeSecond() {
        Quantiles taken = of(second);
        second.reset();
        return taken;
    }

    /** The same of a second in which the load tool was on time. */
    Quantiles takePunctualSecond() {
        punctual.add(second);
        return takeSecond();
    }

    static Quantiles none() {
        return new Quantiles(0, 0, 0, 0, 0);
    }

    Quantiles measured() {
        return of(measured);
    }

    /** All punctual seconds together. */
    Quantiles punctual() {
        return of(punctual);
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
