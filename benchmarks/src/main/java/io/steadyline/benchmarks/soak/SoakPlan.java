package io.steadyline.benchmarks.soak;

import io.steadyline.benchmarks.paced.Checks;
import java.time.Duration;

/**
 * A soak as it will be.
 *
 * @param length of what is measured, after all calls that stay are up
 * @param calls at once
 * @param killEvery between two deaths of the worker; zero for none
 */
public record SoakPlan(Duration length, int calls, Duration killEvery) {

    private static final int FEWEST_CALLS = 8;
    private static final int MOST_CALLS = 2_500;
    private static final int MOST_MINUTES = 1_440;
    private static final int ONE_IN = 20;
    private static final int FEWEST_MISHAPS = 2;

    public static SoakPlan of(int minutes, int calls, int killEveryMinutes) {
        Checks.within("--minutes", minutes, 1, MOST_MINUTES);
        Checks.within("--calls", calls, FEWEST_CALLS, MOST_CALLS);
        Checks.within("--kill-worker-every", killEveryMinutes, 0, MOST_MINUTES);
        return new SoakPlan(Duration.ofMinutes(minutes), calls, Duration.ofMinutes(killEveryMinutes));
    }

    /** Calls that last for the whole run. */
    int staying() {
        return calls / 2;
    }

    /** Calls that lose their socket, at once. */
    int mishaps() {
        return Math.max(FEWEST_MISHAPS, calls / ONE_IN);
    }

    /** Calls that come and go, at once. */
    int churning() {
        return calls - staying() - mishaps();
    }

    boolean killsWorkers() {
        return killEvery.isPositive();
    }
}
