package io.steadyline.simulator.load;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a load.
 *
 * @param gaps deviation of the spacing of returned frames from 20 ms; of no use with bursts
 * @param punctual the gaps of those seconds in which the load tool was on time
 * @param drift of the gaps, over the time that is measured
 * @param roundTrips from the send of a frame to its return
 * @param lateness of the load tool's own sends against their deadlines; up to 1.1 ms is the grain of its sleep
 * @param ownCpuShare of one core that the load tool's process used while measuring, but for what it was awake and had nothing to do; 0 where
 *     the system does not tell. Late and far below 1: somebody else had its core
 * @param discarded frames that were not sent because the server did not read
 * @param notOurs messages of the server without a frame of this load in them
 * @param server null when no process was to be looked at
 * @param seconds of the whole run, the ramp among them
 */
public record LoadReport(
        LoadPlan plan,
        Calls calls,
        Frames frames,
        long discarded,
        long notOurs,
        Quantiles gaps,
        Punctual punctual,
        Drift drift,
        Quantiles roundTrips,
        Quantiles lateness,
        double ownCpuShare,
        Bursts bursts,
        @Nullable ServerUse server,
        List<Second> seconds) {

    public LoadReport {
        seconds = List.copyOf(seconds);
    }

    public Verdict verdict() {
        return Verdict.of(this);
    }

    /**
     * @param mostAtOnce calls that were up at the same time
     * @param finished ended by us
     * @param withdrawn still dialling when the run was over
     * @param refused calls that the server ended before a frame came back, by how it did: {@code upgrade: …} was never accepted
     * @param cut calls that the server ended later, by how it did
     * @param disturberEnds ends of calls that send malformed messages, which are in no other number
     * @param setUps from the dialling to the accepted upgrade
     */
    public record Calls(
            int asked,
            int mostAtOnce,
            int finished,
            int withdrawn,
            Map<String, Integer> refused,
            Map<String, Integer> cut,
            int disturberEnds,
            Quantiles setUps) {

        public Calls {
            refused = Collections.unmodifiableMap(new TreeMap<>(refused));
            cut = Collections.unmodifiableMap(new TreeMap<>(cut));
        }
    }

    /**
     * @param lost sent and never back
     * @param foreign with a tag, but not of this call
     */
    public record Frames(long sent, long returned, long lost, long reordered, long doubled, long foreign) {

        static final Frames NONE = new Frames(0, 0, 0, 0, 0, 0);

        Frames plus(Frames other) {
            return new Frames(
                    sent + other.sent,
                    returned + other.returned,
                    lost + other.lost,
                    reordered + other.reordered,
                    doubled + other.doubled,
                    foreign + other.foreign);
        }

        boolean areFlawless() {
            return lost == 0 && reordered == 0 && doubled == 0 && foreign == 0;
        }
    }

    /**
     * Gaps of those whole seconds in which the load tool was on time; in the others its own lateness is part of the gaps.
     *
     * @param seconds in which 999 of 1,000 sends were late by {@value LoadMeters#PUNCTUAL_P999_MS} ms at most
     * @param wholeSeconds that were measured
     * @param gaps of those seconds together
     */
    public record Punctual(int seconds, int wholeSeconds, Quantiles gaps) {

        /** As {@code 9 of 12 s}. */
        public String share() {
            return seconds + " of " + wholeSeconds + " s";
        }
    }

    /** The same in the first and in the last tenth of the time. */
    public record Drift(Quantiles firstTenth, Quantiles lastTenth) {}

    /**
     * @param bursts of all calls together; one that the end of its call cut off is neither gone nor not
     * @param notGone whose lag was there still when the next one came
     * @param gone times after which the lag of the others was gone
     */
    public record Bursts(long bursts, long notGone, Quantiles gone) {

        static final Bursts NONE = new Bursts(0, 0, Timings.none());

        Bursts plus(Bursts other) {
            return new Bursts(bursts + other.bursts, notGone + other.notGone, gone);
        }
    }

    /**
     * @param cpuMs of the process while measuring
     * @param callSeconds measured
     * @param residentBeforeKib before the first call
     * @param residentKib with all calls up, at the end of measuring
     */
    public record ServerUse(double cpuMs, double callSeconds, long residentBeforeKib, long residentKib, int callsUp) {

        public double cpuMsPerCallSecond() {
            return callSeconds == 0 ? 0 : cpuMs / callSeconds;
        }

        /** With what the heap has grown by otherwise: for a figure to compare by, collect before and after. */
        public double residentKibPerCall() {
            return callsUp == 0 ? 0 : (residentKib - residentBeforeKib) / (double) callsUp;
        }
    }

    /** One second of the run; {@code refused} and {@code cut} are totals. */
    public record Second(
            int second,
            int dialling,
            int up,
            int refused,
            int cut,
            long sent,
            long returned,
            Quantiles gaps,
            Quantiles roundTrips,
            Quantiles lateness) {}

    /** Called once a second on the load's thread; must not block. */
    @FunctionalInterface
    public interface Listener {

        void onSecond(Second second);
    }
}
