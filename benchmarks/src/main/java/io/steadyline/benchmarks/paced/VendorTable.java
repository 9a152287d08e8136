package io.steadyline.benchmarks.paced;

import io.steadyline.benchmarks.vendor.VendorHeard;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs with and without a vendor as a table in Markdown: of each the middle run by CPU, and its ratio to the one without. Pure. */
final class VendorTable {

    private static final String HEAD = """
        | Calls | Recogniser | CPU, ms per call·s | × | range | gap error p50 / p99 / p99.9, ms | own lateness p99, ms | memory per call: RAM / heap, KiB | the vendor: sessions / lost / audio heard | verdict |
        |---|---|---|---|---|---|---|---|---|---|
        """;

    private VendorTable() {}

    static String of(List<Measured> runs) {
        StringBuilder table = new StringBuilder(HEAD);
        Map<Integer, List<Measured>> byCalls =
                runs.stream().collect(Collectors.groupingBy(Measured::calls, TreeMap::new, Collectors.toList()));
        byCalls.values().forEach(ofCalls -> {
            List<Measured> without = those(ofCalls, false);
            double baseMs = BridgeTable.middle(without).cpuMsPerCallSecond();
            table.append(row(without, baseMs)).append(row(those(ofCalls, true), baseMs));
        });
        return table.toString();
    }

    private static List<Measured> those(List<Measured> runs, boolean withVendor) {
        return runs.stream().filter(run -> (run.vendor() != null) == withVendor).toList();
    }

    private static String row(List<Measured> runs, double baseMs) {
        Measured run = BridgeTable.middle(runs);
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.3f | %s | %s | %s | %.2f | %.0f / %.0f | %s | %s |%n",
                run.calls(),
                run.vendor() == null ? "built-in" : "a vendor's, a WebSocket for each call",
                run.cpuMsPerCallSecond(),
                BridgeTable.ratio(run.cpuMsPerCallSecond(), baseMs),
                BridgeTable.range(runs),
                BridgeTable.gaps(run.report().gaps()),
                run.report().lateness().p99Ms(),
                run.residentKibPerCall(),
                run.heapKibPerCall(),
                run.vendor() == null ? "–" : words(run.vendor()),
                BridgeTable.words(run.report().verdict()));
    }

    private static String words(VendorHeard heard) {
        return String.format(Locale.ROOT, "%d / %d / %.1f %%", heard.sessions(), heard.lost(), heard.share() * 100);
    }
}
