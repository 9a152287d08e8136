package io.steadyline.simulator;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Background calls that stay, and short calls that come and go beside them: a server under load. Built by {@link #of}.
 *
 * @param each gives the plan of every call; its duration is set by the fleet
 * @param calls background calls, each of {@code duration}; 0 for none
 * @param rampPerSecond background calls dialled a second
 * @param duration of a background call, and how long short calls go on being dialled
 * @param churnPerSecond short calls dialled a second from the beginning on; 0 for none
 * @param churnDuration of a short call
 * @param keepsAnswers what the callers heard is in their reports; 8 kB for each call and second
 */
public record FleetPlan(
        Supplier<CallPlan.Builder> each,
        int calls,
        double rampPerSecond,
        Duration duration,
        double churnPerSecond,
        Duration churnDuration,
        boolean keepsAnswers) {

    private static final double MAX_PER_SECOND = 1_000;

    public FleetPlan {
        if (calls < 0 || (calls == 0 && churnPerSecond == 0)) {
            throw new IllegalArgumentException("calls: " + calls + " (expected: 1 or more, or 0 with churn)");
        }
        requireRate("rampPerSecond", rampPerSecond, rampPerSecond > 0);
        requireRate("churnPerSecond", churnPerSecond, churnPerSecond >= 0);
        if (!duration.isPositive() || !churnDuration.isPositive()) {
            throw new IllegalArgumentException(
                    "duration: " + duration + ", of churn " + churnDuration + " (expected: more than zero)");
        }
    }

    /** Background calls only, 50 of them dialled a second. */
    public static FleetPlan of(Supplier<CallPlan.Builder> each, int calls, Duration duration) {
        return new FleetPlan(each, calls, 50, duration, 0, Duration.ofSeconds(5), false);
    }

    public FleetPlan rampedBy(double perSecond) {
        return new FleetPlan(each, calls, perSecond, duration, churnPerSecond, churnDuration, keepsAnswers);
    }

    public FleetPlan withChurn(double perSecond, Duration length) {
        return new FleetPlan(each, calls, rampPerSecond, duration, perSecond, length, keepsAnswers);
    }

    /** What the callers hear is kept, for their reports. */
    public FleetPlan keepingAnswers() {
        return new FleetPlan(each, calls, rampPerSecond, duration, churnPerSecond, churnDuration, true);
    }

    CallPlan backgroundCall() {
        return each.get().keepAnswer(keepsAnswers).duration(duration).build();
    }

    CallPlan shortCall() {
        return each.get().keepAnswer(keepsAnswers).duration(churnDuration).build();
    }

    private static void requireRate(String name, double perSecond, boolean isAllowed) {
        if (!isAllowed || !(perSecond <= MAX_PER_SECOND)) {
            throw new IllegalArgumentException(name + ": " + perSecond + " (expected: at most " + MAX_PER_SECOND + ")");
        }
    }
}
