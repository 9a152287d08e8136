package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.signal.Ears;
import io.steadyline.turn.Endpoint;
import java.time.Duration;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the caller's audio, whoever was sent it: words, or nothing yet, or nothing ever. It is kept until an answer
 * covers it, and told as a gap when nobody will answer any more. Places are ms from the start of the call. Time is an argument;
 * used by the session's thread.
 */
final class Words {

    /** What was sent so long before a message of the vendor has been read: the longest that vendors lag behind. */
    private static final long LONG_AGO_NS = Duration.ofSeconds(2).toNanos();
    /** Words of what was sent since then cannot have become final: the least that vendors lag behind. */
    private static final long LATELY_NS = Duration.ofMillis(200).toNanos();
    /** Nobody writes a final so long after the speech. */
    private static final long LATE_FINAL_MS = 8_000;

    private static final String LOST_UNANSWERED = "sent to a connection that was lost before it answered";

    private final Ears ears;
    private final SessionOut out;
    private final ReplayWindow window;
    private final Transcript transcript;
    private final Utterances utterances;
    private final String contextBefore;
    /** Audio before this is the business of connections that are read to their end. */
    private long floorMs;
    /** The connection that had the word is lost, and no other has said anything yet. */
    private boolean speakerIsGone;

    /** @param context what was said last before this session; empty: nothing is known */
    Words(int ptimeMs, RuntimeSettings settings, String context, Ears ears, EventOut events, SessionOut out) {
        this.contextBefore = context;
        this.ears = ears;
        this.out = out;
        this.window = new ReplayWindow(ptimeMs, settings.replay().toMillis());
        this.transcript = new Transcript(events, ears::heardUntilMs);
        this.utterances = new Utterances(events, transcript, settings.finalTimeout());
    }

    /** What was said last; empty: nothing is known. */
    String context() {
        return transcript.lastText().orElse(contextBefore);
    }

    /** A new connection is not asked for anything before this. */
    long settledUntilMs() {
        return Math.max(floorMs, transcript.settledUntilMs());
    }

    /** So many so far. */
    long finals() {
        return transcript.finals();
    }

    /** Where the latest final begins; 0 before the first. */
    long lastFinalStartMs() {
        return transcript.lastStartMs();
    }

    /** Nobody speaks, and no word is open. */
    boolean isPause() {
        return !ears.isInUtterance() && !transcript.isOpen();
    }

    /** An utterance is over and its final has not come. */
    boolean isAwaitingFinal() {
        return utterances.isAwaiting();
    }

    // What the caller does.

    /** Kept until an answer covers it; who writes no words answers for nothing. */
    void keep(AudioFrame frame, Lane lane) {
        if (lane.traits().transcribes()) {
            window.add(frame);
        } else {
            window.clear();
        }
    }

    /**
     * What the ears noticed.
     *
     * @param lane the vendor that has the audio; null: nobody
     * @return whether the vendor should be asked for its final now
     */
    boolean onEndpoint(Endpoint endpoint, @Nullable Lane lane, long nowNs) {
        return utterances.onEndpoint(endpoint, lane, nowNs);
    }

    /** A final is wanted now, whatever the ears think. */
    void onFlush(long nowNs) {
        utterances.onFlush(ears.heardUntilMs(), nowNs);
    }

    /**
     * The connection whose words counted is lost: with it, the final that it owed for an interim text made final.
     *
     * @param wasStuck it may not have answered for anything since its last word
     */
    void onSpeakerLost(Attempt lost, boolean wasStuck, long nowNs) {
        transcript.nothingIsOwed();
        if (wasStuck) {
            tellPromotedAsLost();
        } else {
            settle(lost, nowNs);
            settlePromoted();
        }
        speakerIsGone = true;
    }

    /** Of what an interim text was made final for, less may have been heard. To have it heard again would tell it twice. */
    private void tellPromotedAsLost() {
        long untilMs = transcript.promotedUntilMs();
        long fromMs = Math.max(transcript.settledUntilMs(), unansweredFromMs(untilMs));
        if (fromMs < untilMs) {
            out.gap(fromMs, untilMs, LOST_UNANSWERED);
        }
        settlePromoted();
    }

    private void settlePromoted() {
        transcript.settledUntil(transcript.promotedUntilMs());
        window.answeredUntil(transcript.settledUntilMs());
    }

    private void settle(Attempt attempt, long nowNs) {
        utterances.settleBefore(attempt.sentUntilMs(LONG_AGO_NS, nowNs));
        window.answeredUntil(transcript.settledUntilMs());
    }

    /** What was asked of a connection that is lost is asked again. */
    void awaitAgain(long nowNs) {
        utterances.awaitAgain(nowNs);
    }

    /** The final that was awaited may not come any more. */
    void poll(long nowNs) {
        utterances.poll(nowNs);
        if (speakerIsGone) {
            tellPromotedAsLost();
        }
    }

    // What vendors say.

    void hear(Attempt attempt, Heard.OfSpeech said, long nowNs) {
        out.speaksFor(attempt);
        speakerIsGone = false;
        switch (said) {
            case Heard.SpeechStarted(long atMs) -> utterances.onVendorStart(atMs);
            case Heard.SpeechEnded(long atMs) -> utterances.onVendorStop(atMs, ears.isSpeaking());
            case Heard.Interim(String text) -> transcript.interim(text);
            case Heard.Final words -> {
                utterances.onFinal(words, attempt.causeOfFinals(), placeOf(attempt, nowNs));
                if (words.endMs() < 0) {
                    settle(attempt, nowNs);
                } else {
                    window.answeredUntil(words.endMs());
                }
            }
            case Heard.UtteranceEnded(long atMs) -> utterances.onVendorEnd(atMs);
            case Heard.Flushed() -> utterances.onFlushed();
        }
    }

    /** A message says that the vendor read what was sent a while before; speech without a final is kept a little longer. */
    void onSignOfLife(Attempt attempt, long nowNs) {
        if (utterances.isUnsettled()) {
            return;
        }
        long readMs = Math.min(attempt.sentUntilMs(LONG_AGO_NS, nowNs), attempt.safeUntilMs());
        if (!utterances.hasUnansweredSpeechSince(readMs - LATE_FINAL_MS)) {
            window.answeredUntil(readMs);
            transcript.settledUntil(Math.min(readMs, transcript.finalUntilMs()));
        }
    }

    // What becomes of connections.

    /** What this one gets first: what nobody answered for, but not what is final already, be it an interim text made final. */
    Deque<AudioFrame> replayFor(Attempt attempt) {
        long heardMs = ears.heardUntilMs();
        long resumeMs = Math.max(floorMs, attempt.resumesAtMs(transcript.settledUntilMs()));
        long oldestMs = window.oldestMs(heardMs);
        long unansweredMs = Math.max(floorMs, unansweredFromMs(heardMs));
        long sentFromMs = Math.min(heardMs, Math.max(resumeMs, oldestMs));
        if (unansweredMs < sentFromMs) {
            out.gap(unansweredMs, sentFromMs, LOST_UNANSWERED);
        }
        window.forgottenIsTold(floorMs);
        if (utterances.isSpokenAfter(resumeMs)) {
            transcript.onReplay(resumeMs);
        }
        return window.since(resumeMs);
    }

    /** Another one has the audio from here on; this one is read to its end. */
    void onReplaced(Attempt attempt) {
        floorMs = attempt.timeline().callEndMs();
    }

    /** One that was read to its end is over: what it did not say about its audio nobody will. */
    void onLeft(Attempt attempt) {
        out.speaksFor(attempt);
        long untilMs = attempt.timeline().callEndMs();
        long unansweredMs = unansweredFromMs(untilMs);
        if (!attempt.hasSaidAll() && unansweredMs < untilMs) {
            out.gap(unansweredMs, untilMs, LOST_UNANSWERED);
        }
        transcript.promote(transcript.finalUntilMs(), untilMs);
        transcript.nothingIsOwed();
        transcript.settledUntil(untilMs);
        window.answeredUntil(untilMs);
    }

    /**
     * Nobody will say more: what there is counts, and what has no answer has none.
     *
     * @param allSaid the vendor said its goodbye
     * @param sentUntilMs audio that was on its way to a vendor ends here; at least what the ears have heard
     */
    void finish(boolean allSaid, long sentUntilMs) {
        long heardMs = ears.heardUntilMs();
        long unansweredMs = unansweredFromMs(heardMs);
        utterances.finish(heardMs, Cause.END);
        long untilMs = Math.max(heardMs, sentUntilMs);
        if (!allSaid && unansweredMs < untilMs) {
            out.gap(unansweredMs, untilMs, "not answered before the end");
        }
    }

    private Stretches.Stretch placeOf(Attempt attempt, long nowNs) {
        return attempt.state() == Attempt.State.ENDING
                ? utterances.placeOf(0, attempt.timeline().callEndMs())
                : utterances.placeOf(attempt.sentUntilMs(LONG_AGO_NS, nowNs), attempt.sentUntilMs(LATELY_NS, nowNs));
    }

    private long unansweredFromMs(long untilMs) {
        return window.forgottenFromMs().orElse(window.oldestMs(untilMs));
    }
}
