package io.steadyline.telemetry;

import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Printable;

/** What a call's recogniser said of itself, in words for the verdict. Owned by one thread. */
final class RecogniserTrouble {

    private static final int MAX_CHARS = 120;

    private String last = "";
    private boolean present;
    private boolean over;
    private boolean everReady;
    private int sinceSecond;
    private int backSecond;
    private int overSecond;

    /** @param second of the call, from 0 */
    void onMoment(CallMoment moment, int second) {
        switch (moment) {
            case CallMoment.SttReady _ -> {
                everReady = true;
                backSecond = present ? second : backSecond;
                present = false;
            }
            case CallMoment.SttFailed failed -> {
                sinceSecond = present ? sinceSecond : second;
                present = true;
                over = failed.fatal();
                overSecond = second;
                last = Printable.of(failed.message(), MAX_CHARS) + " (" + Printable.of(failed.category()) + ")";
            }
            default -> {
                // Everything else says nothing of the recogniser's health.
            }
        }
    }

    /** It failed, and has not taken audio since. */
    boolean isPresent() {
        return present;
    }

    /** It failed at some time of the call. */
    boolean wasPresent() {
        return !last.isEmpty();
    }

    /** {@code STT: deepgram: refused with HTTP status 503 (TRANSIENT), never ready}. */
    @Override
    public String toString() {
        return "STT: " + last + ", " + (over ? "given up in second " + overSecond : state());
    }

    private String state() {
        if (!everReady) {
            return "never ready";
        }
        return present ? "out since second " + sinceSecond : "ready again in second " + backSecond;
    }
}
