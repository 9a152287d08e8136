package io.steadyline.simulator.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What may be said after a load. */
public record Verdict(Kind kind, List<String> reasons) {

    /** One of our own deadlines in a hundred may be missed by this much before gaps are no statement about the server. */
    private static final double MOST_LATE_P99_MS = 5;

    /** All calls send a second's frames and more at once: that takes its time. */
    private static final double MOST_LATE_WITH_BURSTS_P99_MS = 500;

    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** In words. */
    public enum Kind {
        /** Every frame came back once and in order, and every call lived as long as it was to. */
        FLAWLESS,
        /** Something did not; the reasons say what. */
        FLAWED,
        /** The load tool was late itself, or no call was there: the numbers say nothing about the server. */
        NO_STATEMENT
    }

    static Verdict of(LoadReport report) {
        List<String> ours = ownFaults(report);
        if (!ours.isEmpty()) {
            return new Verdict(Kind.NO_STATEMENT, ours);
        }
        List<String> theirs = faults(report);
        return new Verdict(theirs.isEmpty() ? Kind.FLAWLESS : Kind.FLAWED, theirs);
    }

    private static List<String> ownFaults(LoadReport report) {
        List<String> found = new ArrayList<>();
        double most = report.plan().has(Strain.BURSTS) ? MOST_LATE_WITH_BURSTS_P99_MS : MOST_LATE_P99_MS;
        if (report.lateness().p99Ms() > most) {
            found.add(String.format(
                    Locale.ROOT,
                    "the load tool itself was late: p99 %.1f ms (expected: %.0f ms at most), with %.0f %% of a core;"
                            + " give it one of its own",
                    report.lateness().p99Ms(),
                    most,
                    report.ownCpuShare() * 100));
        }
        if (report.frames().sent() == 0) {
            found.add("no frame was sent");
        }
        return found;
    }

    private static List<String> faults(LoadReport report) {
        List<String> found = new ArrayList<>();
        add(found, report.frames().lost(), "frames lost");
        if (report.frames().returned() == 0 && report.notOurs() > 0) {
            found.add("only messages of the server's own came: its agent has to be an echo");
        }
        add(found, report.frames().reordered(), "frames out of order");
        add(found, report.frames().doubled(), "frames doubled");
        add(found, report.frames().foreign(), "frames of other calls");
        add(found, report.discarded(), "frames not sent, as the server did not read");
        add(found, LoadMeters.sum(report.calls().cut()), "calls cut");
        add(found, LoadMeters.sum(report.calls().refused()), "calls refused");
        add(found, report.bursts().notGone(), "bursts whose lag was not gone at the next one");
        return found;
    }

    private static void add(List<String> found, long count, String what) {
        if (count > 0) {
            found.add(count + " " + what);
        }
    }
}
