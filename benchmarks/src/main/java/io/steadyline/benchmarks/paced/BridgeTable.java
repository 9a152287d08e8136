package io.steadyline.benchmarks.paced;

import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.Quantiles;
import io.steadyline.simulator.load.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs as a table in Markdown: of each contender and number of calls the middle run by CPU, and its ratio to the yardstick.
 * The verdict is that of all runs. Pure.
 */
final class BridgeTable {

    private static final String HEAD = """
        | Calls | Server | CPU, ms per call·s | × | range | gap error p50 / p99 / p99.9, ms | p99 × | own lateness p99, ms | gap error while it was punctual: p50 / p99 / p99.9, ms | memory per call: RAM / heap, KiB | first call after, ms | verdict |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    private BridgeTable() {}

    static String of(List<Measured> runs) {
        StringBuilder table = new StringBuilder(HEAD);
        byCalls(runs).forEach((calls, ofCalls) -> {
            Measured yardstick =
                    ofCalls.containsKey(Contender.UNDERTOW) ? middle(ofCalls.get(Contender.UNDERTOW)) : null;
            ofCalls.forEach((contender, its) -> table.append(row(its, yardstick)));
        });
        return table.toString();
    }

    private static Map<Integer, Map<Contender, List<Measured>>> byCalls(List<Measured> runs) {
        return runs.stream()
                .collect(Collectors.groupingBy(
                        Measured::calls,
                        TreeMap::new,
                        Collectors.groupingBy(Measured::contender, TreeMap::new, Collectors.toList())));
    }

    static Measured middle(List<Measured> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Measured::cpuMsPerCallSecond))
                .toList()
                .get((runs.size() - 1) / 2);
    }

    private static String row(List<Measured> runs, @Nullable Measured yardstick) {
        Measured run = middle(runs);
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.3f | %s | %s | %s | %s | %.2f | %s | %.0f / %s | %.0f | %s |%n",
                run.calls(),
                run.contender().label(),
                run.cpuMsPerCallSecond(),
                yardstick == null ? "" : ratio(run.cpuMsPerCallSecond(), yardstick.cpuMsPerCallSecond()),
                range(runs),
                gaps(run.report().gaps()),
                yardstick == null
                        ? ""
                        : ratio(
                                run.report().gaps().p99Ms(),
                                yardstick.report().gaps().p99Ms()),
                run.report().lateness().p99Ms(),
                whilePunctual(runs),
                run.residentKibPerCall(),
                run.contender().isJava() ? String.format(Locale.ROOT, "%.0f", run.heapKibPerCall()) : "–",
                run.firstCallMs(),
                verdict(runs));
    }

    /** Of the run that has the most of such seconds: on a machine that others use there may be none in the middle one. */
    static String whilePunctual(List<Measured> runs) {
        LoadReport.Punctual best = runs.stream()
                .map(run -> run.report().punctual())
                .max(Comparator.comparingInt(LoadReport.Punctual::seconds))
                .orElseThrow();
        return best.seconds() == 0 ? "never" : gaps(best.gaps()) + " in " + best.share();
    }

    /** {@code p50 / p99 / p99.9}, in ms. */
    static String gaps(Quantiles of) {
        return String.format(Locale.ROOT, "%.2f / %.2f / %.2f", of.p50Ms(), of.p99Ms(), of.p999Ms());
    }

    private static String verdict(List<Measured> runs) {
        List<String> spots = runs.stream()
                .map(run -> run.report().verdict())
                .filter(verdict -> verdict.kind() != Verdict.Kind.FLAWLESS)
                .map(BridgeTable::words)
                .toList();
        if (spots.isEmpty()) {
            return "flawless";
        }
        String reasons = spots.stream().distinct().collect(Collectors.joining("; "));
        return runs.size() == 1 ? reasons : spots.size() + " of " + runs.size() + " runs not flawless: " + reasons;
    }

    static String range(List<Measured> runs) {
        double least =
                runs.stream().mapToDouble(Measured::cpuMsPerCallSecond).min().orElse(0);
        double most =
                runs.stream().mapToDouble(Measured::cpuMsPerCallSecond).max().orElse(0);
        return String.format(Locale.ROOT, "%.3f to %.3f (%d runs)", least, most, runs.size());
    }

    static String words(Verdict verdict) {
        String reasons = String.join("; ", verdict.reasons());
        return switch (verdict.kind()) {
            case FLAWLESS -> "flawless";
            case FLAWED -> reasons;
            case NO_STATEMENT -> "no statement: " + reasons;
        };
    }

    static String ratio(double value, double base) {
        return base == 0 ? "–" : String.format(Locale.ROOT, "%.2f", value / base);
    }
}
