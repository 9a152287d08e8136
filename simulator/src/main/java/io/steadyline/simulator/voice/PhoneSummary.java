package io.steadyline.simulator.voice;

import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Summary;
import java.util.List;
import java.util.Locale;

/** A phone call as text: its course by time, then its streams added up as in {@link Summary}. */
public final class PhoneSummary {

    private PhoneSummary() {}

    public static String of(PhoneReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "phone call %s: %s%s after %.0f ms",
                report.plan().callSid(),
                report.outcome(),
                report.detail().isEmpty() ? "" : " (" + report.detail() + ")",
                report.lastedMs());
        for (PhoneReport.Answer answer : report.answers()) {
            line(
                    text,
                    "  %8.0f ms  asked %s: %s after %d attempts, %.0f ms",
                    answer.askedMs(),
                    answer.url(),
                    answer.status() == 0 ? "no answer" : "HTTP " + answer.status(),
                    answer.attempts(),
                    answer.answeredMs() - answer.askedMs());
        }
        for (PhoneReport.Leg leg : report.legs()) {
            CallReport stream = leg.report();
            line(
                    text,
                    "  %8.0f ms  stream %s: %s, up for %d ms",
                    leg.dialledMs(),
                    stream.plan().streamSid(),
                    stream.ending().outcome(),
                    stream.lastedMs());
        }
        for (PhoneReport.Gap gap : report.gaps()) {
            line(
                    text,
                    "  %8.0f ms  no stream for %.0f ms, nothing heard for %s",
                    gap.fromMs(),
                    gap.lengthMs(),
                    gap.untilMediaMs().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.0f ms", gap.untilMediaMs().getAsDouble())
                            : "the rest of the call");
        }
        List<CallReport> streams = report.streams();
        return streams.isEmpty()
                ? text.toString()
                : text.append(Summary.of(streams)).toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
