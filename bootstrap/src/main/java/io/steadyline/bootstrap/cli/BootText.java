package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.CutCall;
import io.steadyline.admin.v1.Evidence;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.admin.v1.ListBootsResponse;
import io.steadyline.signal.Printable;
import java.util.List;

/** Boots of the control plane for a terminal. Text from outside cannot move the cursor. */
final class BootText {

    private static final String ROW = "%6s  %-10s %-24s %-24s %-17s %-11s %4s %7s %6s  %s%n";
    private static final String CALL_ROW = "  %-36s %-36s %-8s %6s  %-24s %8s %8s %7s %8s %5s  %-8s %s%n";
    private static final int MAX_TEXT_CHARS = 400;
    private static final int MAX_LINE_CHARS = 1_000;

    private BootText() {}

    /** One line for each, newest first, the current one on top. */
    static String of(ListBootsResponse boots) {
        StringBuilder text = new StringBuilder(String.format(
                ROW, "BOOT", "ID", "STARTED", "ENDED", "CAUSE", "SURE", "CUT", "ADOPTED", "CLOSED", "WHY"));
        text.append(row(boots.getCurrent()));
        boots.getBootsList().forEach(boot -> text.append(row(boot)));
        text.append(String.format("%d of %d ended boots%n", boots.getBootsCount(), boots.getTotal()));
        if (!boots.getPattern().isEmpty()) {
            text.append(String.format("Pattern: %s%n", safe(boots.getPattern())));
        }
        return text.toString();
    }

    /** One in full. */
    static String of(GetBootResponse answer) {
        Boot boot = answer.getBoot();
        StringBuilder text = new StringBuilder(String.format(
                "boot %d (%s), started %s%n  version %s, revision %s, profile %s, pid %d, parents: %s%n",
                boot.getNumber(),
                safe(boot.getBootId()),
                Lines.time(boot.getStartedAt()),
                safe(boot.getVersion()),
                safe(boot.getAppSha()),
                safe(boot.getProfile()),
                boot.getPid(),
                safe(String.join(", ", boot.getParentsList()))));
        if (!boot.hasEnd()) {
            return text.append(String.format("  runs%n")).toString();
        }
        BootEnd end = boot.getEnd();
        text.append(String.format(
                "  ended %s, away for %s%n  %s (%s): %s%n",
                Lines.time(end.getEndedAt()),
                Lines.seconds(end.getAway()),
                Lines.label(end.getCause()),
                Lines.label(end.getConfidence()),
                why(end)));
        text.append(String.format("Evidence%n"));
        answer.getEvidenceList().forEach(evidence -> text.append(row(evidence)));
        text.append(calls(end, answer.getCallsList()));
        block(text, "Last lines before the end", answer.getLinesBeforeList());
        block(text, "First lines after it", answer.getLinesAfterList());
        block(text, "Damage in the records", answer.getDamageList());
        return text.toString();
    }

    private static String row(Boot boot) {
        BootEnd end = boot.getEnd();
        boolean over = boot.hasEnd();
        return String.format(
                ROW,
                boot.getNumber(),
                safe(boot.getBootId()),
                Lines.time(boot.getStartedAt()),
                over ? Lines.time(end.getEndedAt()) : "runs",
                over ? Lines.label(end.getCause()) : "",
                over ? Lines.label(end.getConfidence()) : "",
                over ? end.getCallsCut() : "",
                over ? end.getCallsAdopted() : "",
                over ? end.getCallsClosed() : "",
                over ? why(end) : "");
    }

    private static String row(Evidence evidence) {
        String at = evidence.hasAt() ? Lines.time(evidence.getAt()) : "-";
        return String.format("  %-24s  %s%n", at, safe(evidence.getText()));
    }

    private static String calls(BootEnd end, List<CutCall> calls) {
        StringBuilder text = new StringBuilder(String.format(
                "Calls that were live: %d (%d cut, %d adopted, %d closed)%n",
                calls.size(), end.getCallsCut(), end.getCallsAdopted(), end.getCallsClosed()));
        if (calls.isEmpty()) {
            return text.toString();
        }
        text.append(String.format(
                CALL_ROW,
                "CALL",
                "STREAM",
                "DIALECT",
                "AGE s",
                "LAST SEEN",
                "IN",
                "OUT",
                "LOST IN",
                "LOST OUT",
                "MARKS",
                "FATE",
                "FIGURES"));
        for (CutCall call : calls) {
            text.append(String.format(
                    CALL_ROW,
                    safe(call.getCallId()),
                    safe(call.getStreamId()),
                    safe(call.getDialect()),
                    call.getAge().getSeconds(),
                    Lines.time(call.getLastSeen()),
                    call.getFramesIn(),
                    call.getFramesOut(),
                    call.getLostInFrames() + " fr",
                    call.getLostOutMs() + " ms",
                    call.getMarksOutstanding(),
                    Lines.label(call.getFate()),
                    call.getExact() ? "exact" : "of the last record"));
        }
        return text.toString();
    }

    private static void block(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(String.format("%s%n", title));
            lines.forEach(line -> text.append(String.format("  %s%n", Printable.of(line, MAX_LINE_CHARS))));
        }
    }

    private static String why(BootEnd end) {
        return safe(end.getSentence()) + (end.getAutoReload() ? " [auto-reload]" : "");
    }

    private static String safe(String text) {
        return Printable.of(text, MAX_TEXT_CHARS);
    }
}
