package io.steadyline.benchmarks.paced;

import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Many calls at once on a server that has just started, and what its first seconds sound like. */
final class ColdStart {

    private static final int SECONDS = 5;
    private static final int CALLS_A_SECOND = 1_000;

    private static final String HEAD = """
        | Server | calls up after, s | gap error p99 / max, ms, in second 1 | 2 | 3 | 5 | frames lost | refused | own lateness max, ms |
        |---|---|---|---|---|---|---|---|---|
        """;

    private final Place place;

    ColdStart(Place place) {
        this.place = place;
    }

    String run(List<Contender> contenders, int calls) throws IOException {
        PacedBridge.rehearse(place, place.core());
        StringBuilder table = new StringBuilder(HEAD);
        for (Contender contender : contenders) {
            table.append(row(contender, calls, measure(contender, calls)));
        }
        return table.toString();
    }

    /** The product's limits on new sockets are lifted: it is asked what it does with the calls, not whether it takes them. */
    private LoadReport measure(Contender contender, int calls) throws IOException {
        Map<String, String> more = contender == Contender.STEADYLINE
                ? Map.of(
                        "STEADYLINE_LIMITS_CALLS_PER_SECOND", "10000",
                        "STEADYLINE_LIMITS_PENDING_SOCKETS", "10000")
                : Map.of();
        try (RunningServer server = RunningServer.start(contender, place, calls, more)) {
            return new LoadTest(new LoadPlan(
                            server.media(),
                            calls,
                            CALLS_A_SECOND,
                            Duration.ZERO,
                            Duration.ofSeconds(SECONDS),
                            Set.of(),
                            Map.of(),
                            OptionalLong.empty(),
                            place.core(),
                            false))
                    .run(second -> {});
        }
    }

    private static String row(Contender contender, int calls, LoadReport report) {
        List<LoadReport.Second> seconds = report.seconds();
        long upAfter = seconds.stream()
                .filter(second -> second.up() >= calls)
                .mapToLong(LoadReport.Second::second)
                .findFirst()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %d | %d | %.1f |%n",
                contender.label(),
                upAfter == 0 ? "never" : upAfter,
                gap(seconds, 1),
                gap(seconds, 2),
                gap(seconds, 3),
                gap(seconds, 5),
                report.frames().lost(),
                report.calls().refused().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum(),
                seconds.stream()
                        .mapToDouble(second -> second.lateness().maxMs())
                        .max()
                        .orElse(0));
    }

    private static String gap(List<LoadReport.Second> seconds, int second) {
        return second > seconds.size()
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%.1f / %.1f",
                        seconds.get(second - 1).gaps().p99Ms(),
                        seconds.get(second - 1).gaps().maxMs());
    }
}
