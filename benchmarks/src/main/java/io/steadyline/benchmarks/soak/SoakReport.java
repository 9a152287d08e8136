package io.steadyline.benchmarks.soak;

import io.steadyline.simulator.load.LoadReport;
import java.util.List;
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

    long frames(ToLongFunction<LoadReport.Frames> which) {
        return which.applyAsLong(staying.frames()) + which.applyAsLong(churning.frames());
    }
}
