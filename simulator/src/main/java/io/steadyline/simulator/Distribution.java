package io.steadyline.simulator;

import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Durations as a histogram of microseconds with two significant digits; immutable, can be added up over calls. */
public final class Distribution {

    private static final Distribution EMPTY = new Distribution(new Histogram(Recorder.DIGITS));

    private final Histogram micros;

    private Distribution(Histogram micros) {
        this.micros = micros;
    }

    public static Distribution empty() {
        return EMPTY;
    }

    public Distribution plus(Distribution other) {
        Histogram sum = micros.copy();
        sum.add((AbstractHistogram) other.micros);
        return new Distribution(sum);
    }

    public long count() {
        return micros.getTotalCount();
    }

    public double p50Ms() {
        return percentileMs(50);
    }

    public double p99Ms() {
        return percentileMs(99);
    }

    public double p999Ms() {
        return percentileMs(99.9);
    }

    public double maxMs() {
        return micros.getMaxValue() / 1_000.0;
    }

    public double percentileMs(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "n=%d p50=%.2f p99=%.2f p99.9=%.2f max=%.2f ms",
                count(),
                p50Ms(),
                p99Ms(),
                p999Ms(),
                maxMs());
    }

    /** The writable side; one owner. */
    static final class Recorder {

        /** Two digits keep a call's histograms at some kilobytes each, and one part in a hundred is enough to judge by. */
        private static final int DIGITS = 2;

        private final Histogram micros = new Histogram(DIGITS);

        void record(long durationNs) {
            micros.recordValue(Math.max(0, durationNs) / 1_000);
        }

        Distribution snapshot() {
            return new Distribution(micros.copy());
        }
    }
}
