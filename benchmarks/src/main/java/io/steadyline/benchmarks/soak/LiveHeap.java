package io.steadyline.benchmarks.soak;

import java.util.List;

/**
 * What lives in the worker's heap, each time after a full collection.
 *
 * @param beforeKib before the first call
 * @param during with all calls
 * @param afterKib after the last call
 */
record LiveHeap(long beforeKib, List<Moment> during, long afterKib) {

    LiveHeap {
        during = List.copyOf(during);
    }

    /** @param minute since the calls were up */
    record Moment(double minute, long kib) {}

    long moreKib() {
        return afterKib - beforeKib;
    }

    /** Of the straight line that is nearest to what was seen during the run; 0 for less than two moments. */
    double slopeKibPerMinute() {
        return slope(during);
    }

    /** The same of the second half: what is kept up to a number or an age has had more time to come to it. */
    double laterSlopeKibPerMinute() {
        return slope(during.subList(during.size() / 2, during.size()));
    }

    private static double slope(List<Moment> moments) {
        double meanMinute =
                moments.stream().mapToDouble(Moment::minute).average().orElse(0);
        double meanKib = moments.stream().mapToDouble(Moment::kib).average().orElse(0);
        double together = 0;
        double spread = 0;
        for (Moment moment : moments) {
            together += (moment.minute() - meanMinute) * (moment.kib() - meanKib);
            spread += (moment.minute() - meanMinute) * (moment.minute() - meanMinute);
        }
        return spread == 0 ? 0 : together / spread;
    }
}
