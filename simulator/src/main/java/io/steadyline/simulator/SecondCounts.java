package io.steadyline.simulator;

import java.util.Arrays;
import java.util.List;

/** A count for each second since an origin. */
final class SecondCounts {

    private static final long SECOND_NS = 1_000_000_000;

    private long originNs;
    private int[] counts = new int[16];

    void startAt(long originNs) {
        this.originNs = originNs;
    }

    void count(long nowNs) {
        int second = (int) ((nowNs - originNs) / SECOND_NS);
        if (second >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(second + 1, counts.length * 2));
        }
        counts[second]++;
    }

    /** Whole seconds up to {@code endNs}, zeros included; a last second that was begun only is left out. */
    List<Integer> until(long endNs) {
        int whole = (int) ((endNs - originNs) / SECOND_NS);
        return Arrays.stream(Arrays.copyOf(counts, Math.max(0, whole))).boxed().toList();
    }
}
