package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has to hold after a soak. Pure. */
final class SoakJudge {

    /** Of another worker than the first: one that has waited has some that a first one has not. It does not grow with calls. */
    static final int MOST_MORE_DESCRIPTORS_OF_ANOTHER = 2;

    /** The JVM starts some of its own when it sees fit. */
    static final int MOST_MORE_THREADS = 2;

    /** Tables grow to their sizes and caches fill; what does not end shows in the slope. */
    static final long MOST_MORE_HEAP_KIB = 8 * 1024;

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
        if (report.heap().moreKib() > MOST_MORE_HEAP_KIB) {
            found.add("live heap: " + report.heap().moreKib() + " KiB more than before the first call (expected: at most "
                    + MOST_MORE_HEAP_KIB + ")");
        }
        calls(found, report);
        // A worker that is killed takes what it had in its queues with it, and the sockets whose upgrade was under way.
        if (report.kills() == 0) {
            frames(found, report);
            count(found, refused(report), "calls refused");
            count(found, report.mishaps().lostAfterwards(), "frames lost on streams that came back");
        }
        count(found, report.log().errors(), "lines of level ERROR: " + report.log().firstErrors());
        return found;
    }

    private static void calls(List<String> found, SoakReport report) {
        count(
                found,
                sum(report.staying().calls().cut()) + sum(report.churning().calls().cut()),
                "calls without a mishap cut");
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

    static int refused(SoakReport report) {
        return sum(report.staying().calls().refused())
                + sum(report.churning().calls().refused())
                + report.mishaps().refused();
    }

    static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void count(List<String> found, long count, String what) {
        if (count > 0) {
            found.add(count + " " + what);
        }
    }
}
