package io.steadyline.simulator.load;

import java.util.Locale;

/** A distribution of times, in ms; zeros when there is none. */
public record Quantiles(long count, double p50Ms, double p99Ms, double p999Ms, double maxMs) {

    @Override
    public String toString() {
        return count == 0
                ? "none"
                : String.format(
                        Locale.ROOT, "p50 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms", p50Ms, p99Ms, p999Ms, maxMs);
    }
}
