package io.steadyline.simulator;

import io.steadyline.simulator.Silences.Silence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the silences of a server that echoes; see {@link Silences}. Pure, one owner. */
final class SilenceMeter {

    private static final Comparator<Silence> BY_LENGTH = Comparator.comparingDouble(Silence::lengthMs);

    private final long boundNs;
    private final List<Silence> listed = new ArrayList<>();
    private long startNs;
    private boolean hasMedia;
    private long lastNs;
    private long longestNs;
    private long longestBeganNs;
    private long beyondBound;

    SilenceMeter(long boundNs) {
        this.boundNs = boundNs;
    }

    void startAt(long nowNs) {
        startNs = nowNs;
        longestBeganNs = nowNs;
    }

    void onMedia(long nowNs) {
        if (hasMedia) {
            end(nowNs);
        }
        hasMedia = true;
        lastNs = nowNs;
    }

    /** The stream is over; nothing is to be told any more. */
    void endAt(long nowNs) {
        if (hasMedia) {
            end(nowNs);
        }
        hasMedia = false;
    }

    private void end(long nowNs) {
        long lengthNs = nowNs - lastNs;
        if (lengthNs > longestNs) {
            longestNs = lengthNs;
            longestBeganNs = lastNs;
        }
        if (lengthNs > boundNs) {
            beyondBound++;
            list(new Silence((lastNs - startNs) / 1_000_000, lastNs, lengthNs / 1e6));
        }
    }

    /** When the list is full, the shortest makes room: many small ones must not hide the one that matters. */
    private void list(Silence silence) {
        listed.add(silence);
        if (listed.size() > Silences.MAX_LISTED) {
            listed.remove(listed.stream().min(BY_LENGTH).orElseThrow());
        }
    }

    Silences report() {
        return new Silences(
                boundNs / 1_000_000, longestNs / 1e6, (longestBeganNs - startNs) / 1_000_000, listed, beyondBound);
    }
}
