package io.steadyline.bootstrap.check;

import io.steadyline.simulator.CallReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the caller's side can find fault with. */
final class OutsideView {

    /** The caller hears a hole; the provider's own buffer hides less. */
    private static final double MAX_STARVED_MS = 60;
    /** A generator that is later than this says nothing about the gateway. */
    private static final double MAX_OWN_LATENESS_MS = 100;

    private OutsideView() {}

    private static String hint(CallReport.Ending ending) {
        return switch (ending.outcome()) {
            case UNREACHABLE -> " (is a gateway running there? ./steadyline serve starts one)";
            case REFUSED ->
                ending.httpStatus().orElse(0) == 503
                        ? " (it takes no new calls now: /readyz and ./steadyline drain status say why)"
                        : "";
            case HUNG_UP, SERVER_CLOSED, TIMED_OUT, BROKEN, PROTOCOL_ERROR, CANCELLED -> "";
        };
    }

    static List<String> findings(CallReport report) {
        List<String> findings = new ArrayList<>();
        if (!report.wasConnected()) {
            findings.add("no call: " + report.ending().outcome() + " "
                    + report.ending().detail() + hint(report.ending()));
            return findings;
        }
        if (!report.wasCompleted()) {
            findings.add("the call did not end as planned: " + report.ending().outcome() + ", close code "
                    + report.ending().closeCode() + " " + report.ending().closeReason());
        }
        if (report.malformedCount() > 0) {
            findings.add("messages that the provider would warn of: " + report.malformedCount() + ", first: "
                    + report.malformed().getFirst());
        }
        if (report.playout().starvedMs() > MAX_STARVED_MS) {
            findings.add(String.format(
                    Locale.ROOT,
                    "the caller heard %.0f ms of holes in %d places (expected: at most %.0f ms)",
                    report.playout().starvedMs(),
                    report.playout().starvations(),
                    MAX_STARVED_MS));
        }
        if (report.sent().lateness().maxMs() > MAX_OWN_LATENESS_MS) {
            findings.add(String.format(
                    Locale.ROOT,
                    "this check itself sent up to %.0f ms late: the machine is too busy to judge the gateway",
                    report.sent().lateness().maxMs()));
        }
        return findings;
    }
}
