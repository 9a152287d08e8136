package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.Quantiles;
import io.steadyline.simulator.load.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A soak's report as a table in Markdown, with its verdict below. Pure. */
final class SoakTable {

    private SoakTable() {}

    static String of(SoakReport report) {
        StringBuilder table = new StringBuilder("| What | Value |\n|---|---|\n");
        plan(table, report);
        calls(table, report);
        frames(table, report);
        holdings(table, report);
        row(
                table,
                "log: warnings / errors",
                "%d / %d",
                report.log().warnings(),
                report.log().errors());
        row(table, "log, MiB", "%.1f", report.log().bytes() / 1024.0 / 1024);
        return table.append("\n").append(verdict(report)).append("\n").toString();
    }

    private static void plan(StringBuilder table, SoakReport report) {
        SoakPlan plan = report.plan();
        row(
                table,
                "run",
                "%d min, %d calls at once: %d stay, %d come and go, %d lose their socket",
                plan.length().toMinutes(),
                plan.calls(),
                plan.staying(),
                plan.churning(),
                plan.mishaps());
        row(table, "worker killed, times", "%d", report.kills());
    }

    private static void calls(StringBuilder table, SoakReport report) {
        LoadReport.Calls staying = report.staying().calls();
        LoadReport.Calls churning = report.churning().calls();
        Mishaps.Counts mishaps = report.mishaps();
        row(table, "calls begun / refused", "%d / %d", report.begun(), report.refused());
        row(
                table,
                "calls without a mishap: ended as planned / cut",
                "%d / %d",
                staying.finished() + churning.finished(),
                report.cut());
        answers(table, "refused", staying.refused(), churning.refused());
        answers(table, "cut", staying.cut(), churning.cut());
        row(
                table,
                "sockets cut without a goodbye / calls back on a new stream / of these known again / ended as planned",
                "%d / %d / %d / %d",
                mishaps.cut(),
                mishaps.back(),
                report.log().comebacks(),
                mishaps.ended());
    }

    private static void answers(
            StringBuilder table, String what, Map<String, Integer> staying, Map<String, Integer> churning) {
        Map<String, Integer> all = new TreeMap<>(staying);
        churning.forEach((answer, count) -> all.merge(answer, count, Integer::sum));
        all.forEach((answer, count) -> row(table, "of calls without a mishap " + what, "%d: %s", count, answer));
    }

    private static void frames(StringBuilder table, SoakReport report) {
        row(
                table,
                "frames of calls without a mishap: sent / back / lost / doubled / out of order",
                "%d / %d / %d / %d / %d",
                report.frames(LoadReport.Frames::sent),
                report.frames(LoadReport.Frames::returned),
                report.frames(LoadReport.Frames::lost),
                report.frames(LoadReport.Frames::doubled),
                report.frames(LoadReport.Frames::reordered));
        row(table, "frames lost after a return", "%d", report.mishaps().lostAfterwards());
        LoadReport.Drift drift = report.staying().drift();
        row(table, "gap error of calls that stay, p99 / p99.9, ms: first tenth", "%s", pair(drift.firstTenth()));
        row(table, "gap error of calls that stay, p99 / p99.9, ms: last tenth", "%s", pair(drift.lastTenth()));
        row(table, "round trip of calls that stay, ms", "%s", report.staying().roundTrips());
        row(
                table,
                "the load's own lateness, p99 / p99.9, ms",
                "%s",
                pair(report.staying().lateness()));
    }

    private static String pair(Quantiles quantiles) {
        return String.format(Locale.ROOT, "%.2f / %.2f", quantiles.p99Ms(), quantiles.p999Ms());
    }

    private static void holdings(StringBuilder table, SoakReport report) {
        List<Look> looks = List.of(report.before(), report.with(), report.most(), report.after());
        int staying = report.plan().staying();
        String when =
                String.format(Locale.ROOT, "before the first call / with %d calls / at most / after the last", staying);
        row(
                table,
                "descriptors of the worker, " + when,
                "%s; %.2f for each call",
                looks(looks, look -> look.descriptors()),
                (report.with().descriptors() - report.before().descriptors()) / (double) staying);
        row(
                table,
                "descriptors of the keeper",
                "%s; %.2f for each call",
                looks(looks, look -> look.keeperDescriptors()),
                (report.with().keeperDescriptors() - report.before().keeperDescriptors()) / (double) staying);
        row(table, "threads of the worker", "%s", looks(looks, look -> look.threads()));
        row(table, "resident memory of the worker, MiB", "%s", looks(looks, look -> look.residentKib() / 1024));
        row(table, "descriptors and threads back after the last call, s", "%.1f", report.backAfterS());
        LiveHeap heap = report.heap();
        row(
                table,
                "live heap after a full collection, KiB: before / during (minute) / after",
                "%d / %s / %d",
                heap.beforeKib(),
                heap.during().stream()
                        .map(moment -> String.format(Locale.ROOT, "%d (%.1f)", moment.kib(), moment.minute()))
                        .collect(Collectors.joining(", ")),
                heap.afterKib());
        row(
                table,
                "live heap, KiB per minute: during the run / its second half",
                "%.1f / %.1f",
                heap.slopeKibPerMinute(),
                heap.laterSlopeKibPerMinute());
    }

    /** One number of a look. */
    private interface Reading {
        long of(Look look);
    }

    private static String looks(List<Look> looks, Reading reading) {
        return looks.stream().map(look -> String.valueOf(reading.of(look))).collect(Collectors.joining(" / "));
    }

    private static String verdict(SoakReport report) {
        List<String> faults = report.faults();
        String verdict = faults.isEmpty() ? "OK." : "Does not hold: " + String.join("; ", faults) + ".";
        Verdict load = report.staying().verdict();
        return load.kind() == Verdict.Kind.NO_STATEMENT
                ? verdict + " No statement about the gap errors: " + String.join("; ", load.reasons()) + "."
                : verdict;
    }

    private static void row(StringBuilder table, String what, String format, Object... values) {
        table.append("| ")
                .append(what)
                .append(" | ")
                .append(String.format(Locale.ROOT, format, values))
                .append(" |\n");
    }
}
