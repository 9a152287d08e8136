package io.steadyline.restart;

import io.steadyline.restart.CutCall.Fate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A boot that is over, for people and for the log. Pure strings; any thread. */
public final class RestartText {

    private RestartText() {}

    /** {@code boot 41 (a1b2): 2026-01-01T12:03:07.123Z kernel oom, certain, away 0.6 s, 2 calls: 1 adopted, 1 cut}. */
    public static String line(BootReport report) {
        Diagnosis diagnosis = report.diagnosis();
        return boot(report.boot()) + ": " + Words.time(report.endedAt()) + " " + Words.of(diagnosis.cause())
                + (diagnosis.autoReload() ? " (auto-reload)" : "") + ", " + Words.of(diagnosis.confidence()) + ", away "
                + Words.duration(report.away()) + ", " + calls(report);
    }

    /** Everything that is known, in several lines, each ended by a line feed. */
    public static String full(BootReport report) {
        StringBuilder text = new StringBuilder();
        headline(report, text);
        section(
                text,
                "Evidence",
                report.diagnosis().evidence().stream()
                        .map(RestartText::evidence)
                        .toList());
        section(
                text,
                "Damaged records",
                report.damage().stream().map(Words::safe).toList());
        section(text, "Calls: " + calls(report), CallTable.lines(report.calls()));
        section(text, "Last lines before", report.linesBefore());
        section(text, "First lines after", report.linesAfter());
        return text.toString();
    }

    /** Its time first, where it has one. */
    private static String evidence(Evidence evidence) {
        return EvidenceText.at(evidence).map(at -> Words.time(at) + " ").orElse("") + EvidenceText.of(evidence);
    }

    private static void headline(BootReport report, StringBuilder text) {
        BootIdentity boot = report.boot();
        Diagnosis diagnosis = report.diagnosis();
        text.append("Boot ")
                .append(boot.number())
                .append(" (")
                .append(boot.bootId())
                .append(", pid ");
        text.append(boot.pid())
                .append(", version ")
                .append(boot.version())
                .append(", ")
                .append(boot.appSha());
        text.append(")\n  ran   ").append(Words.time(boot.startedAt())).append(" to ");
        text.append(Words.time(report.endedAt())).append(", next boot ").append(Words.duration(report.away()));
        text.append(" later\n  cause ").append(Words.of(diagnosis.cause())).append(", ");
        text.append(Words.of(diagnosis.confidence())).append(diagnosis.autoReload() ? ", auto-reload" : "");
        text.append("\n  ").append(diagnosis.sentence()).append('\n');
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append(title).append('\n');
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }

    private static String boot(BootIdentity boot) {
        return "boot " + boot.number() + " (" + boot.bootId() + ")";
    }

    /** {@code no calls}; {@code 3 calls: 2 adopted, 1 cut}. */
    private static String calls(BootReport report) {
        if (report.calls().isEmpty()) {
            return "no calls";
        }
        StringBuilder text = new StringBuilder(Words.count(report.calls().size(), "call"));
        String separator = ": ";
        for (Fate fate : Fate.values()) {
            long count = with(report, fate);
            if (count > 0) {
                text.append(separator).append(count).append(' ').append(Words.of(fate));
                separator = ", ";
            }
        }
        return text.toString();
    }

    private static long with(BootReport report, Fate fate) {
        return report.calls().stream().filter(call -> call.fate() == fate).count();
    }

    /**
     * Short facts for {@code APP_START previous}: strings, whole numbers and booleans, in this order. The sums of what was
     * lost are of the calls whose numbers are exact; {@code calls_estimated} counts the others.
     */
    public static Map<String, Object> facts(BootReport report) {
        Diagnosis diagnosis = report.diagnosis();
        List<CutCall> exact = report.calls().stream().filter(CutCall::exact).toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cause", diagnosis.cause().name());
        facts.put("confidence", diagnosis.confidence().name());
        facts.put("sentence", diagnosis.sentence());
        facts.put("auto_reload", diagnosis.autoReload());
        facts.put("boot", report.boot().bootId());
        facts.put("boot_number", report.boot().number());
        facts.put("ended", Words.time(report.endedAt()));
        facts.put("away_ms", report.away().toMillis());
        facts.put("calls_adopted", with(report, Fate.ADOPTED));
        facts.put("calls_closed", with(report, Fate.CLOSED));
        facts.put("calls_cut", with(report, Fate.CUT));
        facts.put("calls_estimated", (long) report.calls().size() - exact.size());
        facts.put(
                "lost_in_frames",
                exact.stream().mapToLong(CutCall::lostInFrames).sum());
        facts.put("lost_out_ms", exact.stream().mapToLong(CutCall::lostOutMs).sum());
        return facts;
    }
}
