package io.steadyline.simulator.load;

/** Which of one call's frames came back, and how: each once and in order is as it has to be. Pure, one owner. */
final class EchoMeter {

    /** Frames; 40 s. What comes back later than that counts as out of order, and is not known to have come before. */
    private static final int WINDOW = 2_048;

    private final long[] seen = new long[WINDOW / Long.SIZE];
    private int sent;
    private int returned;
    private int highest = -1;
    private int reordered;
    private int doubled;
    private int foreign;

    /** The number of the frame that is sent now. */
    int onSent() {
        return sent++;
    }

    /** True when it came back for the first time. */
    boolean onReturned(int number) {
        if (number < 0 || number >= sent) {
            foreign++;
            return false;
        }
        if (number > highest) {
            forget(highest + 1, number);
            highest = number;
        } else if (highest - number < WINDOW && isSeen(number)) {
            doubled++;
            return false;
        } else {
            reordered++;
        }
        seen[slot(number)] |= 1L << number;
        returned++;
        return true;
    }

    /** A tag that no call of this run has given. */
    void onForeign() {
        foreign++;
    }

    private void forget(int from, int to) {
        for (int number = Math.max(from, to - WINDOW + 1); number <= to; number++) {
            seen[slot(number)] &= ~(1L << number);
        }
    }

    private boolean isSeen(int number) {
        return (seen[slot(number)] & 1L << number) != 0;
    }

    private static int slot(int number) {
        return number / Long.SIZE % (WINDOW / Long.SIZE);
    }

    int sent() {
        return sent;
    }

    /** Sent and not back; when nothing is under way any more, lost. */
    int missing() {
        return sent - returned;
    }

    /** Frames sent after the last that came back, which on an orderly way are those under way. */
    int underWay() {
        return sent - 1 - highest;
    }

    int highest() {
        return highest;
    }

    int returned() {
        return returned;
    }

    int reordered() {
        return reordered;
    }

    int doubled() {
        return doubled;
    }

    int foreign() {
        return foreign;
    }
}
