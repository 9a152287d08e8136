package io.steadyline.stt.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where the ears heard speech lately: a vendor that does not say where its words lie gets their place from here. Ms from the
 * start of the call. Used by the session's thread.
 */
final class Stretches {

    private static final int MAX = 64;
    /** Places that touch may differ by this. */
    private static final long TOLERANCE_MS = 20;

    /** From the first to the last voiced frame. */
    record Stretch(long startMs, long endMs) {}

    private final Deque<Stretch> ended = new ArrayDeque<>();
    private long startMs;
    private boolean speaking;

    void onStart(long atMs) {
        startMs = atMs;
        speaking = true;
    }

    void onEnd(long atMs) {
        if (speaking) {
            speaking = false;
            ended.addLast(new Stretch(startMs, atMs));
            if (ended.size() > MAX) {
                ended.removeFirst();
            }
        }
    }

    /** End of the latest one that is over; 0: none is. */
    long lastEndMs() {
        return ended.isEmpty() ? 0 : ended.getLast().endMs();
    }

    /** Where the speech begins that goes on at this moment of the call; the moment itself when nobody speaks then. */
    long beginningOfSpeechAt(long callMs) {
        for (Stretch stretch : ended) {
            if (stretch.startMs() <= callMs && callMs < stretch.endMs()) {
                return stretch.startMs();
            }
        }
        return speaking ? Math.min(callMs, startMs) : callMs;
    }

    /**
     * What words are about that became final now: the oldest stretch that has no final yet and is not so old that a vendor
     * would have answered for it long ago; in the middle of speech what had been sent a little ago.
     *
     * @param finalUntilMs all before is final
     * @param sentLongAgoMs audio before this was sent so long ago that its words are due
     * @param sentLatelyMs the words of audio after this cannot have come yet
     */
    Stretch of(long finalUntilMs, long sentLongAgoMs, long sentLatelyMs) {
        for (Stretch stretch : ended) {
            if (stretch.endMs() > finalUntilMs + TOLERANCE_MS && stretch.endMs() >= sentLongAgoMs) {
                return new Stretch(Math.max(finalUntilMs, stretch.startMs()), stretch.endMs());
            }
        }
        long fromMs = speaking ? Math.max(finalUntilMs, startMs) : finalUntilMs;
        return new Stretch(fromMs, Math.max(fromMs, speaking ? sentLatelyMs : finalUntilMs));
    }
}
