package io.steadyline.simulator.load;

import java.util.Map;
import java.util.TreeMap;

/** Sums over all calls of a load. One owner. */
final class LoadMeters {

    private static final double TENTH = 0.1;

    /**
     * 1.1 ms is the grain of the load tool's sleep on a core that it shares, a tenth on top for the rest. A send that is late spoils two
     * gaps, so 1 in 1,000 of them leaves the p99 of the gaps to the server.
     */
    static final double PUNCTUAL_P999_MS = 1.2;

    private final Timings gaps = new Timings();
    private final Timings gapsAtFirst = new Timings();
    private final Timings gapsAtLast = new Timings();
    /** Between the first tenth and the last, and when nothing is measured. */
    private final Timings gapsOtherwise = new Timings();

    final Timings roundTrips = new Timings();
    final Timings lateness = new Timings();
    final Timings setUps = new Timings();
    final Timings lags = new Timings();

    private final Map<String, Integer> refused = new TreeMap<>();
    private final Map<String, Integer> cut = new TreeMap<>();
    private Timings gapsOfTenth = gapsOtherwise;
    private long sentInSecond;
    private long returnedInSecond;
    private long sentBefore;
    private long sentUntilNow;
    private long sentMeasured;
    private long discarded;
    private long notOurs;
    private int finished;
    private int withdrawn;
    private int disturberEnds;
    private boolean isMeasuring;
    /** Whether it was measured when the second that runs began. */
    private boolean measuredFromItsBeginning;

    private int wholeSeconds;
    private int punctualSeconds;
    private LoadReport.Frames frames = LoadReport.Frames.NONE;
    private LoadReport.Bursts bursts = LoadReport.Bursts.NONE;

    LoadMeters() {
        setUps.measure(true);
        lags.measure(true);
        gapsAtFirst.measure(true);
        gapsAtLast.measure(true);
    }

    void measure(boolean measures) {
        isMeasuring = measures;
        gaps.measure(measures);
        roundTrips.measure(measures);
        lateness.measure(measures);
        if (measures) {
            sentBefore = sentUntilNow;
        } else {
            sentMeasured += sentUntilNow - sentBefore;
            gapsOfTenth = gapsOtherwise;
        }
    }

    /** How much of the time that is measured has passed, from 0 to 1. */
    void onPassed(double share) {
        if (share < TENTH) {
            gapsOfTenth = gapsAtFirst;
        } else {
            gapsOfTenth = share < 1 - TENTH ? gapsOtherwise : gapsAtLast;
        }
    }

    void onGap(long errorNs) {
        gaps.record(errorNs);
        gapsOfTenth.record(errorNs);
    }

    void onSent() {
        sentInSecond++;
        sentUntilNow++;
    }

    void onReturned() {
        returnedInSecond++;
    }

    void onDiscarded() {
        discarded++;
    }

    /** Audio or another message that no call of this load has sent: a greeting, a mark. */
    void onNotOurs() {
        notOurs++;
    }

    void onRefused(String answer) {
        refused.merge(answer, 1, Integer::sum);
    }

    void onCut(String answer) {
        cut.merge(answer, 1, Integer::sum);
    }

    void onFinished() {
        finished++;
    }

    /** It was still dialling when the run was over. */
    void onWithdrawn() {
        withdrawn++;
    }

    /** A call that is not judged has ended, however it did. */
    void onDisturberEnd() {
        disturberEnds++;
    }

    /** What became of one call's frames; nothing of it is under way any more. */
    void add(EchoMeter echo, BurstMeter burst) {
        frames = frames.plus(new LoadReport.Frames(
                echo.sent(), echo.returned(), echo.missing(), echo.reordered(), echo.doubled(), echo.foreign()));
        bursts = bursts.plus(new LoadReport.Bursts(burst.bursts(), burst.notGone(), Timings.none()));
    }

    LoadReport.Second takeSecond(int second, int dialling, int up) {
        Quantiles late = lateness.takeSecond();
        boolean isWhole = isMeasuring && measuredFromItsBeginning;
        boolean isPunctual = isWhole && late.count() > 0 && late.p999Ms() <= PUNCTUAL_P999_MS;
        wholeSeconds += isWhole ? 1 : 0;
        punctualSeconds += isPunctual ? 1 : 0;
        measuredFromItsBeginning = isMeasuring;
        LoadReport.Second taken = new LoadReport.Second(
                second,
                dialling,
                up,
                sum(refused),
                sum(cut),
                sentInSecond,
                returnedInSecond,
                isPunctual ? gaps.takePunctualSecond() : gaps.takeSecond(),
                roundTrips.takeSecond(),
                late);
        sentInSecond = 0;
        returnedInSecond = 0;
        return taken;
    }

    /** Seconds of all calls together, of what was measured. */
    double measuredCallSeconds() {
        return sentMeasured * (SpacingMeter.PTIME_NS / 1e9);
    }

    LoadReport.Calls calls(int asked, int most) {
        return new LoadReport.Calls(asked, most, finished, withdrawn, refused, cut, disturberEnds, setUps.measured());
    }

    Quantiles gaps() {
        return gaps.measured();
    }

    LoadReport.Punctual punctual() {
        return new LoadReport.Punctual(punctualSeconds, wholeSeconds, gaps.punctual());
    }

    LoadReport.Drift drift() {
        return new LoadReport.Drift(gapsAtFirst.measured(), gapsAtLast.measured());
    }

    LoadReport.Frames frames() {
        return frames;
    }

    LoadReport.Bursts bursts() {
        return new LoadReport.Bursts(bursts.bursts(), bursts.notGone(), lags.measured());
    }

    long discarded() {
        return discarded;
    }

    long notOurs() {
        return notOurs;
    }

    static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
