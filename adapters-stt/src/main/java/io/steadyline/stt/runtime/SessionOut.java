package io.steadyline.stt.runtime;

import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.Optional;

/** What a session tells besides words. Used by the session's thread. */
final class SessionOut {

    private final EventOut out;
    private boolean troubleTold;

    SessionOut(EventOut out) {
        this.out = out;
    }

    /** What is told from now on comes from this connection. */
    void speaksFor(Attempt attempt) {
        out.from(attempt.lane().name(), attempt.number());
    }

    /** The call's audio up to here has been taken. */
    void taken(long untilMs) {
        out.taken(untilMs);
    }

    /** A failure was told, and since then no connection took audio. */
    boolean isTroubleTold() {
        return troubleTold;
    }

    void ready(Attempt attempt) {
        troubleTold = false;
        speaksFor(attempt);
        out.tell(stamp -> new SpeechEvent.Ready(stamp, attempt.connectTime()));
    }

    /** What the connection cost; nothing when no audio was sent on it. */
    void usage(Attempt attempt, long nowNs) {
        if (attempt.audio().isZero()) {
            return;
        }
        Duration open = Duration.ofNanos(attempt.livedNs(nowNs));
        speaksFor(attempt);
        out.tell(stamp -> new SpeechEvent.Usage(stamp, attempt.audio(), open));
    }

    void key(char key, long offsetMs, long durationMs) {
        out.tell(stamp -> new SpeechEvent.DtmfHeard(stamp, key, ms(offsetMs), ms(durationMs)));
    }

    void tone(Tone tone, long offsetMs, long durationMs) {
        out.tell(stamp -> new SpeechEvent.ToneHeard(stamp, tone, ms(offsetMs), ms(durationMs)));
    }

    void gap(long fromMs, long toMs, String reason) {
        out.tell(stamp -> new SpeechEvent.Gap(stamp, ms(fromMs), ms(toMs), reason));
    }

    /** @param fatal nothing more comes of this session */
    void failure(Lane lane, VendorFailure failure, boolean fatal) {
        troubleTold = true;
        out.tell(stamp -> new SpeechEvent.Failure(
                stamp,
                failure.kind().name(),
                Optional.of(failure.code()),
                lane.name() + ": " + Printable.of(failure.message()),
                failure.kind().isWorthRetry(),
                fatal));
    }

    void closed() {
        out.tell(SpeechEvent.Closed::new);
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }
}
