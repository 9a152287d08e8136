package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.load.LoadReport;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What came of a soak.
 *
 * @param staying the calls that last for the whole run
 * @param churning the calls that come and go
 * @param before the first call
 * @param with the calls that stay, and no others
 * @param most of each, seen now and then during the run
 * @param after the last call, and after the time that is given to what ends late
 * @param backAfterS seconds from the end of the last call until everything was back, or until it was waited for no more
 * @param kills of the worker
 */
public record SoakReport(
        SoakPlan plan,
        LoadReport staying,
        LoadReport churning,
        Mishaps.Counts mishaps,
        Look before,
        Look with,
        Look most,
        Look after,
        double backAfterS,
        LiveHeap heap,
        ServerLog.Counts log,
        int kills) {

    /** Empty when everything held. */
    public List<String> faults() {
        return SoakJudge.faults(this);
    }

    /** In Markdown. */
    public String table() {
        return SoakTable.of(this);
    }

    /** Calls, those with a mishap among them. */
    int begun() {
        return begun(staying.calls()) + begun(churning.calls()) + mishaps.begun();
    }

    private static int begun(LoadReport.Calls calls) {
        return calls.finished() + calls.withdrawn() + sum(calls.refused()) + sum(calls.cut());
    }

    int refused() {
        return sum(staying.calls().refused()) + sum(churning.calls().refused()) + mishaps.refused();
    }

    /** Calls without a mishap that the gateway ended. */
    int cut() {
        return sum(staying.calls().cut()) + sum(churning.calls().cut());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Of the calls without a mishap. */
    long frames(ToLongFunction<LoadReport.Frames> which) {
        return which.applyAsLong(staying.frames()) + which.applyAsLong(churning.frames());
    }
}
