package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Reports as aligned text, for one call or for a fleet: counts are summed and distributions added up. */
public final class Summary {

    private static final int MAX_MALFORMED_LINES = 5;
    private static final int MAX_OUTAGE_LINES = 10;

    private final List<CallReport> reports;
    private final List<String[]> rows = new ArrayList<>();

    private Summary(List<CallReport> reports) {
        this.reports = reports;
    }

    public static String of(CallReport report) {
        return of(List.of(report));
    }

    public static String of(List<CallReport> reports) {
        Summary summary = new Summary(List.copyOf(reports));
        summary.addEndings();
        summary.addSent();
        summary.addReceived();
        summary.addPlayout();
        summary.addEcho();
        summary.addMalformed();
        return summary.text();
    }

    /** A fleet without the figures of its single calls. */
    public static String of(FleetReport fleet) {
        Summary summary = new Summary(List.of());
        summary.addFleet(fleet);
        return summary.text();
    }

    private void addFleet(FleetReport fleet) {
        row("calls", fleet.calls() + ", as planned " + fleet.completed());
        row("sockets", "cut " + fleet.cut() + ", not connected " + fleet.notConnected());
        row("echo", echo(fleet.echo()) + ", discarded " + fleet.discardedFrames());
        row("longest silence", fleet.longestSilence().toString());
        addOutages(fleet.outages());
    }

    private static String echo(FleetReport.Echo echo) {
        return echo.returned() + " of " + echo.sent() + " returned, lost " + echo.lost() + ", tail " + echo.tail()
                + ", reordered " + echo.reordered() + ", doubled " + echo.doubled() + ", foreign " + echo.foreign();
    }

    private void addEndings() {
        if (reports.size() == 1) {
            CallReport only = reports.getFirst();
            row("call", only.plan().callSid() + " to " + only.plan().media());
            row("lasted", only.lastedMs() + " ms");
        } else {
            row("calls", reports.size() + ", as planned " + count(CallReport::wasCompleted));
            row("lasted", seconds(sum(CallReport::lastedMs)) + " in all");
        }
        Map<String, Long> endings =
                reports.stream().collect(Collectors.groupingBy(Summary::ending, TreeMap::new, Collectors.counting()));
        endings.forEach((ending, calls) -> row("ended", reports.size() == 1 ? ending : calls + " x " + ending));
        row("set up", spread(report -> report.ending().setUpMs()));
    }

    private static String ending(CallReport report) {
        CallReport.Ending ending = report.ending();
        StringBuilder text = new StringBuilder(ending.outcome().name());
        ending.httpStatus().ifPresent(status -> text.append(", HTTP ").append(status));
        ending.closeCode().ifPresent(code -> text.append(", close ").append(code));
        if (!ending.closeReason().isEmpty()) {
            text.append(" '").append(Printable.of(ending.closeReason())).append('\'');
        }
        if (ending.outcome().providerError() != 0) {
            text.append(", provider error ").append(ending.outcome().providerError());
        }
        return ending.detail().isEmpty() ? text.toString() : text + " (" + Printable.of(ending.detail()) + ")";
    }

    private void addSent() {
        row(
                "frames sent",
                sum(r -> r.sent().frames()) + ", discarded " + sum(r -> r.sent().discardedFrames()));
        row("own lateness", merged(r -> r.sent().lateness()).toString());
    }

    private void addReceived() {
        long audioMs = sum(r -> r.received().audioBytes()) / Audio.BYTES_PER_MS;
        long lead = sum(r -> r.received().leadFrames());
        row("frames received", sum(r -> r.received().frames()) + " (" + audioMs + " ms of audio), lead " + lead);
        row("first media", spread(report -> report.received().firstMediaMs()));
        row(
                "gap error",
                merged(r -> r.received().gapErrors()) + ", wide gaps "
                        + sum(r -> r.received().wideGaps()));
        if (reports.size() == 1) {
            row("frames/s", reports.getFirst().received().framesPerSecond().toString());
        }
    }

    private void addPlayout() {
        row("playbacks", String.valueOf(sum(r -> r.playout().playbacks())));
        double starvedMs =
                reports.stream().mapToDouble(r -> r.playout().starvedMs()).sum();
        row("starvation", sum(r -> r.playout().starvations()) + " times, " + ms(starvedMs));
        long returned = sum(r -> r.playout().markCount());
        row("marks", returned + " returned, " + sum(r -> r.playout().pendingMarks()) + " pending");
        row(
                "clears",
                sum(r -> r.playout().clears()) + " (" + sum(r -> r.playout().clearedMs()) + " ms of audio)");
    }

    private void addEcho() {
        List<CallReport.Echo> echoes = new ArrayList<>();
        for (CallReport report : reports) {
            CallReport.Echo echo = report.echo();
            if (echo != null) {
                echoes.add(echo);
            }
        }
        if (echoes.isEmpty()) {
            return;
        }
        row("echo", echo(FleetReport.Echo.of(echoes)));
        Distribution roundTrip =
                echoes.stream().map(CallReport.Echo::roundTrip).reduce(Distribution.empty(), Distribution::plus);
        row("round trip", roundTrip.toString());
        addSilences(echoes);
    }

    private void addSilences(List<CallReport.Echo> echoes) {
        if (reports.size() > 1) {
            FleetReport fleet = FleetReport.of(reports);
            row("longest silence", fleet.longestSilence().toString());
            addOutages(fleet.outages());
            return;
        }
        Silences silences = echoes.getFirst().silences();
        row(
                "longest silence",
                ms(silences.longestMs()) + " at " + silences.longestAtMs() + " ms, beyond " + silences.boundMs()
                        + " ms " + silences.beyondBound());
    }

    /** Those that most calls had, in the order of time. */
    private void addOutages(List<Outage> outages) {
        row("outages", String.valueOf(outages.size()));
        List<Outage> shown = outages.stream()
                .sorted(Comparator.comparingInt(Outage::calls).reversed())
                .limit(MAX_OUTAGE_LINES)
                .toList();
        for (Outage outage : outages) {
            if (shown.contains(outage)) {
                double afterMs = (outage.beganNs() - outages.getFirst().beganNs()) / 1e6;
                row("", "+" + ms(afterMs) + ": " + outage.calls() + " calls, " + outage.silence());
            }
        }
    }

    private void addMalformed() {
        row("malformed", String.valueOf(sum(CallReport::malformedCount)));
        reports.stream()
                .flatMap(report -> report.malformed().stream())
                .limit(MAX_MALFORMED_LINES)
                .forEach(bad -> row("", bad.why() + ": " + bad.excerpt()));
    }

    private long count(Function<CallReport, Boolean> claim) {
        return reports.stream().filter(claim::apply).count();
    }

    private long sum(ToLongFunction<CallReport> value) {
        return reports.stream().mapToLong(value).sum();
    }

    private Distribution merged(Function<CallReport, Distribution> part) {
        return reports.stream().map(part).reduce(Distribution.empty(), Distribution::plus);
    }

    /** One value, or the least, middle and greatest of several. */
    private String spread(Function<CallReport, OptionalDouble> value) {
        double[] known = reports.stream()
                .map(value)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sorted()
                .toArray();
        return switch (known.length) {
            case 0 -> "-";
            case 1 -> ms(known[0]);
            default ->
                "n=" + known.length + " min=" + ms(known[0]) + " p50=" + ms(known[known.length / 2]) + " max="
                        + ms(known[known.length - 1]);
        };
    }

    private static String ms(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1_000.0);
    }

    private void row(String name, String value) {
        rows.add(new String[] {name, value});
    }

    private String text() {
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            text.append(row[0])
                    .append(" ".repeat(width - row[0].length() + 2))
                    .append(row[1])
                    .append('\n');
        }
        return text.toString();
    }
}
