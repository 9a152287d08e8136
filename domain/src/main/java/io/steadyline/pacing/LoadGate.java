package io.steadyline.pacing;

import java.util.Arrays;
import java.util.Locale;

/**
 * Whether the media loop carries one more call. Looks at the last two seconds in slices of 100 ms, and knows two facts of
 * each: how late the loop's worst turn was, and how busy the loop was with how many calls. A slice speaks against a call
 * when it was too late, or when the loop would have been too busy at its cost per call. Half of the slices close the gate, so
 * that neither a collection nor a burst of new calls does; all but a few open it again. Then calls come back slowly, each second a
 * part of the room that there is now: a quarter where the loop was busy, a sixteenth where it was only late, half of that each
 * time it closes again soon, and never less than a hundredth of the calls. Owned by the media loop.
 *
 * <p>Why both: lateness is what callers hear, but comes when it is too late; how busy the loop is shows before. The cost
 * per call is what makes up for the two seconds that looking back takes, see docs/adr/0022.
 */
public final class LoadGate {

    static final long SLICE_NS = 100_000_000;
    static final int SLICES = 20;
    /** So many slices against it: no more calls. */
    static final int CLOSES_AT = 10;
    /** No more than so many: calls again. */
    static final int OPENS_AT = 4;
    /** For so long after it was closed calls come slowly, unless there are far fewer of them by now. */
    static final int CAUTIOUS_SLICES = 100;

    static final double FAR_FEWER = 0.9;
    private static final int SLICES_A_SECOND = 10;
    private static final int GROWTH_A_SECOND = 100;
    /** A second may take the room divided by so much: where the loop was busy, and where it was only late. See docs/adr/0022. */
    static final int PART_AFTER_BUSY = 4;

    static final int PART_AFTER_LATE = 16;
    /** The room is 60 % of the calls at most, so this is the hundredth again. */
    static final int LEAST_PART = 64;

    /** A loop that is hardly busy is a bad guide: its cost per call falls when there are more of them. */
    private static final double TELLING_SHARE = 0.5;

    /** How much of its limit a slice took, or would have with so many calls; above 1 it speaks against them. */
    @FunctionalInterface
    private interface Strain {
        double of(LoadGate gate, int slice, int wantedCalls);
    }

    private final long latenessLimitNs;
    private final double busyLimit;
    private final int callsAnyway;
    private final long[] lateNs = new long[SLICES];
    private final double[] busyShare = new double[SLICES];
    private final int[] calls = new int[SLICES];
    private final double[] scratch = new double[SLICES];
    private int next;
    private long sliceEndNs;
    private long worstNs;
    private long busyNs = -1;
    private long busyAsOfNs;
    private boolean closed;
    private long slicesSinceClosed = CAUTIOUS_SLICES;
    private int fullCalls;
    private int partOfTheRoom = PART_AFTER_BUSY;

    public LoadGate(LoadLimits limits, long nowNs) {
        this.latenessLimitNs = limits.lateness().toNanos();
        this.busyLimit = limits.busyPercent() / 100.0;
        this.callsAnyway = limits.callsAnyway();
        this.sliceEndNs = nowNs + SLICE_NS;
    }

    /** The loop comes round {@code latenessNs} after it wanted to. Each time, so it only remembers. */
    public void onTurn(long latenessNs) {
        if (latenessNs > worstNs) {
            worstNs = latenessNs;
        }
    }

    /** {@link #endSlices} is due, before the turn of now is told. */
    public boolean isSliceOver(long nowNs) {
        return nowNs - sliceEndNs >= 0;
    }

    /**
     * Judges anew.
     *
     * @param latenessNs of the turn of now, which was late in the slices before it too
     * @param totalBusyNs how long the loop was busy since its beginning; -1: not known
     * @param liveCalls that made it so
     */
    public void endSlices(long nowNs, long latenessNs, long totalBusyNs, int liveCalls) {
        long over = (nowNs - sliceEndNs) / SLICE_NS + 1;
        double share = shareUntil(nowNs, totalBusyNs);
        for (long left = Math.min(over, SLICES); left > 0; left--) {
            // When this slice ended, the loop was late by so much already.
            long lateThenNs = latenessNs - (nowNs - (sliceEndNs + (over - left) * SLICE_NS));
            lateNs[next] = Math.max(worstNs, lateThenNs);
            busyShare[next] = share;
            calls[next] = liveCalls;
            next = (next + 1) % SLICES;
            worstNs = 0;
        }
        sliceEndNs += over * SLICE_NS;
        int against = slicesAgainst(liveCalls + 1);
        slicesSinceClosed += over;
        if (against >= CLOSES_AT) {
            close(liveCalls);
        }
        closed &= against > OPENS_AT;
        slicesSinceClosed = closed ? 0 : slicesSinceClosed;
    }

    /** Whether there may be so many calls, one of them new. */
    public boolean admits(int wantedCalls) {
        if (wantedCalls <= callsAnyway) {
            return true;
        }
        if (slicesAgainst(wantedCalls) >= CLOSES_AT) {
            close(wantedCalls - 1);
        }
        return !closed && !isTooFast(wantedCalls);
    }

    /** New calls are refused, whoever asks. */
    public boolean isClosed() {
        return closed;
    }

    /** One sentence with value and limit, short enough for a close frame. */
    public String why(int wantedCalls) {
        int live = wantedCalls - 1;
        if (!closed) {
            return String.format(
                    Locale.ROOT,
                    "overloaded a moment ago: new calls a second at most %d, %d calls",
                    growth(callsASecondAgo()),
                    live);
        }
        int slice = tellingSlice(wantedCalls);
        if (lateStrain(slice) >= busyStrain(slice, wantedCalls)) {
            return String.format(
                    Locale.ROOT,
                    "overloaded: media loop %d ms late (limit: %d ms), %d calls",
                    lateNs[slice] / 1_000_000,
                    latenessLimitNs / 1_000_000,
                    live);
        }
        return String.format(
                Locale.ROOT,
                "overloaded: media loop %.0f %% busy with one more call (limit: %.0f %%), %d calls",
                100 * shareWith(slice, wantedCalls),
                100 * busyLimit,
                live);
    }

    /** The worst turn of each slice, and of these the one in the middle: a single late turn is not in it. */
    public long sustainedLatenessNs() {
        long[] sorted = lateNs.clone();
        Arrays.sort(sorted);
        return sorted[SLICES - CLOSES_AT];
    }

    /** Mean of the last two seconds, 0 to 1. */
    public double meanBusyShare() {
        return Arrays.stream(busyShare).sum() / SLICES;
    }

    private void close(int liveCalls) {
        if (!closed) {
            closed = true;
            fullCalls = liveCalls;
            partOfTheRoom = partOfTheRoomFor(liveCalls + 1);
        }
    }

    private int partOfTheRoomFor(int wantedCalls) {
        if (slicesSinceClosed < CAUTIOUS_SLICES) {
            return Math.min(2 * partOfTheRoom, LEAST_PART);
        }
        boolean wasBusy =
                2 * slicesOver(LoadGate::busyStrain, wantedCalls) >= slicesOver(LoadGate::strain, wantedCalls);
        return wasBusy ? PART_AFTER_BUSY : PART_AFTER_LATE;
    }

    private boolean isTooFast(int wantedCalls) {
        boolean cautious = slicesSinceClosed < CAUTIOUS_SLICES && wantedCalls > FAR_FEWER * fullCalls;
        return cautious && wantedCalls > callsASecondAgo() + growth(callsASecondAgo());
    }

    private int callsASecondAgo() {
        return calls[(next + SLICES - SLICES_A_SECOND) % SLICES];
    }

    /** A second, for so many calls. */
    private int growth(int fromCalls) {
        return Math.max(Math.max(1, fromCalls / GROWTH_A_SECOND), (mostCalls() - fromCalls) / partOfTheRoom);
    }

    /**
     * How many the loop would carry by how busy it was: the most that no more slices speak against than an open gate bears,
     * each of them taken for half busy at least. None if more than that do not know.
     */
    private int mostCalls() {
        for (int slice = 0; slice < SLICES; slice++) {
            boolean knows = busyLimit < 1 && busyShare[slice] > 0;
            scratch[slice] = knows ? calls[slice] * busyLimit / Math.max(busyShare[slice], TELLING_SHARE) : 0;
        }
        Arrays.sort(scratch);
        return (int) scratch[OPENS_AT];
    }

    private double shareUntil(long nowNs, long totalBusyNs) {
        boolean known = busyNs >= 0 && totalBusyNs >= busyNs && nowNs - busyAsOfNs > 0;
        double share = known ? (double) (totalBusyNs - busyNs) / (nowNs - busyAsOfNs) : 0;
        busyNs = totalBusyNs;
        busyAsOfNs = nowNs;
        return Math.min(1, share);
    }

    private int slicesAgainst(int wantedCalls) {
        return wantedCalls <= callsAnyway ? 0 : slicesOver(LoadGate::strain, wantedCalls);
    }

    private int slicesOver(Strain strain, int wantedCalls) {
        int over = 0;
        for (int slice = 0; slice < SLICES; slice++) {
            if (strain.of(this, slice, wantedCalls) > 1) {
                over++;
            }
        }
        return over;
    }

    /** The mildest of those that keep the gate closed. */
    private int tellingSlice(int wantedCalls) {
        for (int slice = 0; slice < SLICES; slice++) {
            scratch[slice] = strain(slice, wantedCalls);
        }
        Arrays.sort(scratch);
        double telling = scratch[SLICES - 1 - OPENS_AT];
        int slice = 0;
        while (strain(slice, wantedCalls) != telling) {
            slice++;
        }
        return slice;
    }

    private double strain(int slice, int wantedCalls) {
        return Math.max(lateStrain(slice), busyStrain(slice, wantedCalls));
    }

    private double lateStrain(int slice) {
        return latenessLimitNs == 0 ? 0 : (double) lateNs[slice] / latenessLimitNs;
    }

    private double busyStrain(int slice, int wantedCalls) {
        boolean tells = busyLimit < 1 && busyShare[slice] >= TELLING_SHARE && calls[slice] > 0;
        return tells ? shareWith(slice, wantedCalls) / busyLimit : 0;
    }

    /** How busy the loop would have been with so many calls. */
    private double shareWith(int slice, int wantedCalls) {
        return busyShare[slice] * wantedCalls / calls[slice];
    }
}
