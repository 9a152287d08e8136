package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.load.LoadReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What has to hold after a soak. Pure. */
final class SoakJudge {

    /** Of another worker than the first: one that has waited has some that a first one has not. It does not grow with calls. */
    static final int MOST_MORE_DESCRIPTORS_OF_ANOTHER = 2;

    /** The JVM starts some of its own when it sees fit. */
    static final int MOST_MORE_THREADS = 2;

    /** Tables grow to their sizes, caches fill, and the last 500 calls are kept with their seconds. */
    static final long MOST_MORE_HEAP_KIB = 8 * 1024;

    /** And the journal remembers calls that have ended: for 15 minutes and 20,000 of them at most, by about 1 KiB each. */
    static final int MOST_REMEMBERED = 20_000;

    private static final double REMEMBERED_MINUTES = 15;

    private SoakJudge() {}

    /**
     * Whether the processes hold no more than before the first call.
     *
     * @param kills of the worker between the two looks
     */
    static boolean isBack(Look before, Look after, int kills) {
        return notBack(before, after, kills).isEmpty();
    }

    private static List<String> notBack(Look before, Look after, int kills) {
        List<String> found = new ArrayList<>();
        int more = kills == 0 ? 0 : MOST_MORE_DESCRIPTORS_OF_ANOTHER;
        more(found, "descriptors of the worker", before.descriptors(), after.descriptors(), more);
        more(found, "descriptors of the keeper", before.keeperDescriptors(), after.keeperDescriptors(), 0);
        more(found, "threads of the worker", before.threads(), after.threads(), MOST_MORE_THREADS);
        return found;
    }

    private static void more(List<String> found, String what, long before, long after, long most) {
        if (after - before > most) {
            String room = most == 0 ? "" : ", and at most " + most + " more";
            found.add(what + " not back: " + after + " after the last call (expected: " + before
                    + " as before the first" + room + ")");
        }
    }

    static List<String> faults(SoakReport report) {
        List<String> found = notBack(report.before(), report.after(), report.kills());
        long mostMoreKib = mostMoreHeapKib(report.begun(), report.plan().length());
        if (report.heap().moreKib() > mostMoreKib) {
            found.add("live heap: " + report.heap().moreKib()
                    + " KiB more than before the first call (expected: at most " + mostMoreKib + ")");
        }
        calls(found, report);
        // A worker that is killed takes what it had in its queues with it, and the sockets whose upgrade was under way.
        if (report.kills() == 0) {
            frames(found, report);
            count(found, report.refused(), "calls refused");
            count(found, report.mishaps().lostAfterwards(), "frames lost on streams that came back");
        }
        count(
                found,
                report.log().errors(),
                "lines of level ERROR: " + report.log().firstErrors());
        return found;
    }

    /** @param calls begun in the run, evenly */
    static long mostMoreHeapKib(int calls, Duration length) {
        double share = Math.min(1, REMEMBERED_MINUTES * 60 / length.toSeconds());
        return MOST_MORE_HEAP_KIB + Math.min(MOST_REMEMBERED, Math.round(calls * share));
    }

    private static void calls(List<String> found, SoakReport report) {
        count(found, report.cut(), "calls without a mishap cut");
        count(found, report.mishaps().spoilt(), "streams of calls with a mishap that the gateway ended");
        int unknown = report.mishaps().back() - report.log().comebacks();
        count(found, Math.max(0, unknown), "calls that came back and were not known again");
        if (report.staying().frames().sent() == 0 || report.churning().frames().sent() == 0) {
            found.add("no frame was sent");
        }
    }

    private static void frames(List<String> found, SoakReport report) {
        count(found, report.frames(LoadReport.Frames::lost), "frames lost on calls without a mishap");
        count(found, report.frames(LoadReport.Frames::doubled), "frames doubled");
        count(found, report.frames(LoadReport.Frames::reordered), "frames out of order");
        count(found, report.frames(LoadReport.Frames::foreign), "frames of other calls");
        count(
                found,
                report.staying().discarded() + report.churning().discarded(),
                "frames not sent, as the gateway did not read");
    }

    private static void count(List<String> found, long count, String what) {
        if (count > 0) {
            found.add(count + " " + what);
        }
    }
}
