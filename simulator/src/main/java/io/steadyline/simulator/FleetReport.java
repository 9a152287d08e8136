package io.steadyline.simulator;

import io.steadyline.simulator.Silences.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Many calls as one: what became of their sockets, of their numbered frames, and how long they heard nothing.
 *
 * @param calls all that were dialled
 * @param completed ended as planned
 * @param cut sockets that were up and that the server closed, broke or reset against the plan
 * @param notConnected calls without a stream: refused, unreachable, too slow
 * @param discardedFrames not sent because the server did not read, or because of a long {@link Freeze}
 * @param echo sums over the calls with an echo probe
 * @param longestSilence one value for each call with an echo probe from which media came
 * @param outages silences beyond the calls' bounds, put together; in the order of time
 */
public record FleetReport(
        int calls,
        int completed,
        int cut,
        int notConnected,
        long discardedFrames,
        Echo echo,
        Distribution longestSilence,
        List<Outage> outages) {

    public FleetReport {
        outages = List.copyOf(outages);
    }

    public static FleetReport of(List<CallReport> reports) {
        List<CallReport.Echo> echoes =
                reports.stream().map(CallReport::echo).filter(Objects::nonNull).toList();
        Distribution.Recorder longest = new Distribution.Recorder();
        List<List<Silence>> silences = new ArrayList<>();
        for (CallReport.Echo echo : echoes) {
            silences.add(echo.silences().longest());
            if (echo.silences().longestMs() > 0) {
                longest.record(Math.round(echo.silences().longestMs() * 1e6));
            }
        }
        return new FleetReport(
                reports.size(),
                (int) reports.stream().filter(CallReport::wasCompleted).count(),
                (int) reports.stream().filter(CallReport::wasCut).count(),
                (int) reports.stream().filter(report -> !report.wasConnected()).count(),
                reports.stream()
                        .mapToLong(report -> report.sent().discardedFrames())
                        .sum(),
                Echo.of(echoes),
                longest.snapshot(),
                Outage.of(silences));
    }

    /** Whether every call ended as planned and every numbered frame came back once, in its order. */
    public boolean isFlawless() {
        return completed == calls && echo.isComplete() && discardedFrames == 0;
    }

    /** Sums of {@link CallReport.Echo}. */
    public record Echo(long sent, long returned, long lost, long tail, long reordered, long doubled, long foreign) {

        static Echo of(List<CallReport.Echo> echoes) {
            return new Echo(
                    sum(echoes, CallReport.Echo::sent),
                    sum(echoes, CallReport.Echo::returned),
                    sum(echoes, CallReport.Echo::lost),
                    sum(echoes, CallReport.Echo::tail),
                    sum(echoes, CallReport.Echo::reordered),
                    sum(echoes, CallReport.Echo::doubled),
                    sum(echoes, CallReport.Echo::foreign));
        }

        public boolean isComplete() {
            return returned == sent && reordered == 0 && doubled == 0 && foreign == 0;
        }

        private static long sum(List<CallReport.Echo> echoes, ToLongFunction<CallReport.Echo> value) {
            return echoes.stream().mapToLong(value).sum();
        }
    }
}
