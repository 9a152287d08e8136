package io.steadyline.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What repeats itself in the ends of boots. Pure; any thread. The most urgent pattern is told, one at a time. */
public final class RestartPattern {

    /** Newest reports that are looked at. */
    private static final int LOOKED_AT = 50;

    /** The keeper's own bound: five ends in 30 s, then it gives up. */
    private static final int CRASH_LOOP_ENDS = 5;

    private static final Duration CRASH_LOOP_SPAN = Duration.ofSeconds(30);

    /** A loop that was over for longer is history. */
    private static final Duration LOOP_MATTERS_FOR = Duration.ofHours(1);

    private static final int HEALTH_CHECK_ENDS = 2;
    private static final int DEPLOY_ENDS = 3;

    /** Nobody deploys three times in ten minutes by intent. */
    private static final Duration DEPLOY_SPAN = Duration.ofMinutes(10);

    private static final int MEMORY_ENDS = 2;

    /** A slow leak takes days. */
    private static final Duration MEMORY_MATTERS_FOR = Duration.ofDays(14);

    private static final Set<Cause> IN_ORDER = EnumSet.of(Cause.PLANNED_STOP, Cause.UPGRADE, Cause.MACHINE_RESTART);

    private RestartPattern() {}

    /**
     * One sentence with counts and intervals; empty when nothing repeats itself.
     *
     * @param newestFirst ended boots
     */
    public static Optional<String> find(List<BootReport> newestFirst, Instant now) {
        List<BootReport> reports = newestFirst.stream().limit(LOOKED_AT).toList();
        return Stream.of(
                        crashLoop(reports, now),
                        healthCheckLoop(reports, now),
                        memory(reports, now),
                        deployLoop(reports, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> crashLoop(List<BootReport> reports, Instant now) {
        return burst(recent(reports, now, LOOP_MATTERS_FOR, RestartPattern::isCrash), CRASH_LOOP_ENDS, CRASH_LOOP_SPAN)
                .map(ends ->
                        "Crash loop: " + Words.count(ends.size(), "end") + " in " + span(ends) + " (" + causes(ends)
                                + "), last at " + Words.time(ends.getFirst().endedAt()) + ".");
    }

    private static Optional<String> healthCheckLoop(List<BootReport> reports, Instant now) {
        List<BootReport> ends = recent(reports, now, LOOP_MATTERS_FOR, RestartPattern::isByHealthCheck);
        return ends.size() < HEALTH_CHECK_ENDS
                ? Optional.empty()
                : Optional.of("Health-check loop: ended by a health check " + repeated(ends)
                        + ". Give its probe more time, or find what stalls it.");
    }

    private static Optional<String> memory(List<BootReport> reports, Instant now) {
        List<BootReport> ends = recent(reports, now, MEMORY_MATTERS_FOR, RestartPattern::isForMemory);
        return ends.size() < MEMORY_ENDS
                ? Optional.empty()
                : Optional.of("Memory: ran out of it " + repeated(ends) + " (" + causes(ends)
                        + "). Either it is too little for the load, or something grows.");
    }

    private static Optional<String> deployLoop(List<BootReport> reports, Instant now) {
        return burst(recent(reports, now, LOOP_MATTERS_FOR, RestartPattern::isDeploy), DEPLOY_ENDS, DEPLOY_SPAN)
                .map(ends -> "Deploy loop: replaced " + repeated(ends) + " (" + causes(ends)
                        + "). Does something restart it at each change of a file?");
    }

    private static boolean isCrash(BootReport report) {
        return !IN_ORDER.contains(report.diagnosis().cause());
    }

    private static boolean isByHealthCheck(BootReport report) {
        return report.diagnosis().cause() == Cause.HEALTH_CHECK
                || (report.diagnosis().cause() == Cause.PLANNED_STOP
                        && report.diagnosis().evidence().stream().anyMatch(Evidence.ProbesTroubled.class::isInstance));
    }

    private static boolean isForMemory(BootReport report) {
        return switch (report.diagnosis().cause()) {
            case JAVA_HEAP, KERNEL_OOM -> true;
            default -> false;
        };
    }

    private static boolean isDeploy(BootReport report) {
        return switch (report.diagnosis().cause()) {
            case PLANNED_STOP, UPGRADE, ASKED_TO_STOP, STOP_TIMED_OUT -> true;
            default -> report.diagnosis().autoReload();
        };
    }

    private static List<BootReport> recent(
            List<BootReport> reports, Instant now, Duration age, Predicate<BootReport> wanted) {
        return reports.stream()
                .filter(report -> Duration.between(report.endedAt(), now).compareTo(age) <= 0)
                .filter(wanted)
                .toList();
    }

    /** The newest run of at least so many ends of which any {@code atLeast} neighbours lie within {@code span}. */
    private static Optional<List<BootReport>> burst(List<BootReport> ends, int atLeast, Duration span) {
        for (int first = 0; first + atLeast <= ends.size(); first++) {
            int last = first + atLeast - 1;
            if (!isWithin(ends, last - atLeast + 1, last, span)) {
                continue;
            }
            while (last + 1 < ends.size() && isWithin(ends, last + 2 - atLeast, last + 1, span)) {
                last++;
            }
            return Optional.of(ends.subList(first, last + 1));
        }
        return Optional.empty();
    }

    private static boolean isWithin(List<BootReport> ends, int newest, int oldest, Duration span) {
        return between(ends.get(oldest), ends.get(newest)).compareTo(span) <= 0;
    }

    /** {@code 4 times in 12 min, about every 4 min, last at …}. */
    private static String repeated(List<BootReport> ends) {
        Duration whole = between(ends.getLast(), ends.getFirst());
        return Words.times(ends.size()) + " in " + Words.duration(whole) + ", about every "
                + Words.duration(whole.dividedBy(Math.max(1, ends.size() - 1))) + ", last at "
                + Words.time(ends.getFirst().endedAt());
    }

    private static String span(List<BootReport> ends) {
        return Words.duration(between(ends.getLast(), ends.getFirst()));
    }

    private static Duration between(BootReport older, BootReport newer) {
        return Duration.between(older.endedAt(), newer.endedAt()).abs();
    }

    /** {@code 3 java heap, 1 kernel oom}. */
    private static String causes(List<BootReport> ends) {
        return Stream.of(Cause.values())
                .map(cause -> new CountOf(
                        cause,
                        ends.stream()
                                .filter(end -> end.diagnosis().cause() == cause)
                                .count()))
                .filter(counted -> counted.ends() > 0)
                .map(counted -> counted.ends() + " " + Words.of(counted.cause()))
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
    }

    private record CountOf(Cause cause, long ends) {}
}
