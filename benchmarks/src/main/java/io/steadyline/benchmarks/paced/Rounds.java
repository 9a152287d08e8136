package io.steadyline.benchmarks.paced;

import java.time.Duration;
import java.util.List;

/**
 * What a run of the bridge goes through.
 *
 * @param calls at once, one number after the other
 * @param settle the load runs for this long before measuring: compilers and heaps come to rest, and the look at the memory is taken
 * @param length of what is measured each time
 * @param times of each
 */
record Rounds(List<Integer> calls, Duration settle, Duration length, int times) {

    /** With less the look at the memory, which collects twice, would be in what is measured. */
    static final int LEAST_SETTLE_S = 6;

    private static final int MOST_CALLS = 5_000;
    private static final int LONGEST_S = 600;
    private static final int MOST_TIMES = 20;

    Rounds {
        calls = List.copyOf(calls);
    }

    static Rounds of(List<Integer> calls, int settleSeconds, int seconds, int times) {
        Checks.within("--settle", settleSeconds, LEAST_SETTLE_S, LONGEST_S);
        Checks.within("--seconds", seconds, 1, LONGEST_S);
        Checks.within("--times", times, 1, MOST_TIMES);
        calls.forEach(count -> Checks.within("--calls", count, 1, MOST_CALLS));
        return new Rounds(calls, Duration.ofSeconds(settleSeconds), Duration.ofSeconds(seconds), times);
    }
}
