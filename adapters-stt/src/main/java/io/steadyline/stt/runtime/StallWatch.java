package io.steadyline.stt.runtime;

/**
 * Notices a vendor that is sent speech and leaves it unanswered: says nothing, or only that it is there. Time is an argument;
 * used by the session's thread.
 */
final class StallWatch {

    /** Speech that was sent since the last answer of one kind. */
    private static final class Unanswered {
        private static final long NS_PER_MS = 1_000_000;
        private long sinceNs;
        private long voicedMs;

        void add(long durationMs, long nowNs) {
            if (voicedMs == 0) {
                sinceNs = nowNs;
            }
            voicedMs += durationMs;
        }

        void clear() {
            voicedMs = 0;
        }

        /** For so long, with at least half as much speech. */
        boolean isFor(long waitNs, long nowNs) {
            return voicedMs * NS_PER_MS >= waitNs / 2 && nowNs - sinceNs >= waitNs;
        }
    }

    private final Unanswered byAnything = new Unanswered();
    private final Unanswered byWords = new Unanswered();

    /** Audio was sent in which the ears hear somebody. */
    void onVoiced(long durationMs, long nowNs) {
        byAnything.add(durationMs, nowNs);
        byWords.add(durationMs, nowNs);
    }

    /** A sign of life. */
    void onMessage() {
        byAnything.clear();
    }

    /** Something about what the caller says. */
    void onAnswer() {
        byAnything.clear();
        byWords.clear();
    }

    /** Nothing came for so long. */
    boolean isMute(long waitNs, long nowNs) {
        return byAnything.isFor(waitNs, nowNs);
    }

    /** Nothing about the speech came for so long. */
    boolean isWordless(long waitNs, long nowNs) {
        return byWords.isFor(waitNs, nowNs);
    }
}
