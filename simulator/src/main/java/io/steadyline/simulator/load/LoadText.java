package io.steadyline.simulator.load;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.simulator.load.LoadReport.Second;
import io.steadyline.simulator.load.LoadReport.ServerUse;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A load's report for people, and for programs. */
public final class LoadText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();

    private LoadText() {}

    /** One line for a second that has passed. */
    public static String line(Second second) {
        return String.format(
                Locale.ROOT,
                "%4d s: %d up, %d dialling, %d refused, %d cut; frames %d out, %d back; gap p99 %.1f, round trip p99"
                        + " %.1f, own lateness p99 %.1f max %.1f ms",
                second.second(),
                second.up(),
                second.dialling(),
                second.refused(),
                second.cut(),
                second.sent(),
                second.returned(),
                second.gaps().p99Ms(),
                second.roundTrips().p99Ms(),
                second.lateness().p99Ms(),
                second.lateness().maxMs());
    }

    /** The whole report with its verdict. */
    public static String table(LoadReport report) {
        StringBuilder text = new StringBuilder();
        LoadReport.Calls calls = report.calls();
        row(text, "calls", "%d asked, %d at once, %d ended by us", calls.asked(), calls.mostAtOnce(), calls.finished());
        if (calls.withdrawn() > 0) {
            row(text, "withdrawn", "%d, still dialling at the end", calls.withdrawn());
        }
        counts(text, "refused", calls.refused());
        counts(text, "cut", calls.cut());
        if (report.plan().has(Strain.MALFORMED)) {
            row(text, "disturbers", "ended %d times, not judged", calls.disturberEnds());
        }
        row(text, "set-up", "%s", calls.setUps());
        LoadReport.Frames frames = report.frames();
        row(
                text,
                "frames",
                "%d sent, %d back; lost %d, out of order %d, doubled %d, of other calls %d",
                frames.sent(),
                frames.returned(),
                frames.lost(),
                frames.reordered(),
                frames.doubled(),
                frames.foreign());
        row(
                text,
                "besides",
                "%d not sent as the server did not read, %d messages that are not ours",
                report.discarded(),
                report.notOurs());
        if (report.plan().has(Strain.BURSTS)) {
            row(
                    text,
                    "bursts",
                    "%d, lag not gone at the next one: %d",
                    report.bursts().bursts(),
                    report.bursts().notGone());
            row(text, "lag gone", "after %s", report.bursts().gone());
        } else {
            row(text, "gap error", "%s", report.gaps());
            row(
                    text,
                    "while punctual",
                    "%s; %s",
                    report.punctual().gaps(),
                    report.punctual().share());
        }
        row(text, "round trip", "%s", report.roundTrips());
        row(text, "own lateness", "%s; %.0f %% of a core used", report.lateness(), report.ownCpuShare() * 100);
        server(text, report.server());
        Verdict verdict = report.verdict();
        row(text, verdict.kind().name(), "%s", String.join("; ", verdict.reasons()));
        return text.toString();
    }

    private static void server(StringBuilder text, @Nullable ServerUse use) {
        if (use != null) {
            row(
                    text,
                    "server CPU",
                    "%.0f ms in %.0f call-seconds: %.3f ms per call and second",
                    use.cpuMs(),
                    use.callSeconds(),
                    use.cpuMsPerCallSecond());
            row(
                    text,
                    "server memory",
                    "%d MiB resident, %d MiB before the first call: %.0f KiB per call",
                    use.residentKib() / 1024,
                    use.residentBeforeKib() / 1024,
                    use.residentKibPerCall());
        }
    }

    private static void counts(StringBuilder text, String name, Map<String, Integer> counts) {
        counts.forEach((answer, count) -> row(text, name, "%d: %s", count, answer));
    }

    private static void row(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-14s ", name))
                .append(String.format(Locale.ROOT, format, values).strip())
                .append(System.lineSeparator());
    }

    /** Everything, in the order and with the names of the report's records. */
    public static String json(LoadReport report) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("verdict", report.verdict().kind().name());
        report.verdict().reasons().forEach(tree.putArray("reasons")::add);
        ObjectNode plan = tree.putObject("plan");
        plan.put("calls", report.plan().calls())
                .put("rampPerSecond", report.plan().rampPerSecond())
                .put("seconds", report.plan().length().toSeconds())
                .put("core", report.plan().core().name());
        report.plan().strains().stream()
                .sorted()
                .forEach(strain -> plan.withArray("/strains").add(strain.name()));
        tree.set("calls", JSON.valueToTree(report.calls()));
        tree.set("frames", JSON.valueToTree(report.frames()));
        tree.put("discarded", report.discarded()).put("notOurs", report.notOurs());
        tree.set("gaps", JSON.valueToTree(report.gaps()));
        tree.set("punctual", JSON.valueToTree(report.punctual()));
        tree.set("drift", JSON.valueToTree(report.drift()));
        tree.set("roundTrips", JSON.valueToTree(report.roundTrips()));
        tree.set("lateness", JSON.valueToTree(report.lateness()));
        tree.put("ownCpuShare", report.ownCpuShare());
        tree.set("bursts", JSON.valueToTree(report.bursts()));
        ServerUse use = report.server();
        if (use != null) {
            ObjectNode server = JSON.valueToTree(use);
            server.put("cpuMsPerCallSecond", use.cpuMsPerCallSecond())
                    .put("residentKibPerCall", use.residentKibPerCall());
            tree.set("server", server);
        }
        tree.set("seconds", JSON.valueToTree(report.seconds()));
        return tree.toPrettyString();
    }
}
