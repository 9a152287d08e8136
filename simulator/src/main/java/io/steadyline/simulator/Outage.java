package io.steadyline.simulator;

import io.steadyline.simulator.Silences.Silence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Silences of several calls that overlap in time, such as those of one restart of the server.
 *
 * @param beganNs the first of them, on {@link System#nanoTime} of this process
 * @param lastedMs from then to the end of the last one
 * @param calls how many calls had one
 * @param silence one value for each silence in it
 */
public record Outage(long beganNs, double lastedMs, int calls, Distribution silence) {

    private record Heard(int call, Silence silence) {}

    /** {@code silences} has one list for each call. */
    static List<Outage> of(List<List<Silence>> silences) {
        List<Heard> heard = new ArrayList<>();
        for (int call = 0; call < silences.size(); call++) {
            for (Silence silence : silences.get(call)) {
                heard.add(new Heard(call, silence));
            }
        }
        if (heard.isEmpty()) {
            return List.of();
        }
        // The difference to any one of them survives the wrap-around of the clock.
        long originNs = heard.getFirst().silence.beganNs();
        heard.sort(Comparator.comparingLong(one -> one.silence.beganNs() - originNs));
        return group(heard);
    }

    private static List<Outage> group(List<Heard> inOrder) {
        List<Outage> outages = new ArrayList<>();
        List<Heard> open = new ArrayList<>();
        long endNs = 0;
        for (Heard next : inOrder) {
            if (!open.isEmpty() && next.silence.beganNs() - endNs > 0) {
                outages.add(of(open, endNs));
                open.clear();
            }
            long nextEndNs = next.silence.endedNs();
            endNs = open.isEmpty() || nextEndNs - endNs > 0 ? nextEndNs : endNs;
            open.add(next);
        }
        outages.add(of(open, endNs));
        return outages;
    }

    private static Outage of(List<Heard> group, long endNs) {
        Distribution.Recorder lengths = new Distribution.Recorder();
        Set<Integer> calls = new HashSet<>();
        for (Heard one : group) {
            lengths.record(Math.round(one.silence.lengthMs() * 1e6));
            calls.add(one.call);
        }
        long beganNs = group.getFirst().silence.beganNs();
        return new Outage(beganNs, (endNs - beganNs) / 1e6, calls.size(), lengths.snapshot());
    }
}
