package io.steadyline.stt.runtime;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Source;
import io.steadyline.stt.event.EventOut;
import io.steadyline.turn.Endpoint;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks when, from both who listen: the gateway's own ears, which are quick, and the vendor, who knows words. Speech starts
 * with the first that notices. An utterance ends where the vendor says so if it does that, else where the ears do; then its final
 * is awaited, bounded, and after that the interim text counts. Time is an argument; used by the session's thread.
 */
final class Utterances {

    /** A final that reaches so near to the end of the speech covers it: vendors cut the silence, and a little more. */
    private static final long COVERED_MS = 500;
    /** A vendor that ends utterances by itself may wait longer than the ears: for the end of a thought. */
    private static final int VENDOR_PATIENCE = 4;

    /** The end of an utterance whose final has not come. */
    private record Awaited(long startMs, long endMs, Cause cause, long deadlineNs) {}

    private final EventOut out;
    private final Transcript transcript;
    private final long finalTimeoutNs;
    private boolean speaking;
    private final Stretches stretches = new Stretches();
    private long speechStartMs;
    private @Nullable Awaited awaited;

    Utterances(EventOut out, Transcript transcript, Duration finalTimeout) {
        this.out = out;
        this.transcript = transcript;
        this.finalTimeoutNs = finalTimeout.toNanos();
    }

    /** Somebody speaks, or words of what was said are still to come. */
    boolean isUnsettled() {
        return speaking || awaited != null || transcript.isOpen();
    }

    /** Somebody spoke after this moment of the call, as far as it was heard. */
    boolean isSpokenAfter(long callMs) {
        return speaking || stretches.lastEndMs() > callMs;
    }

    /** An utterance is over and its final has not come. */
    boolean isAwaiting() {
        return awaited != null;
    }

    /** What was asked of a connection that is lost is asked again: the wait begins anew. */
    void awaitAgain(long nowNs) {
        Awaited waiting = awaited;
        if (waiting != null) {
            awaited = new Awaited(waiting.startMs(), waiting.endMs(), waiting.cause(), nowNs + finalTimeoutNs);
        }
    }

    /** Speech has ended after this moment of the call, and no final covers it. */
    boolean hasUnansweredSpeechSince(long sinceMs) {
        return stretches.lastEndMs() > Math.max(sinceMs, transcript.finalUntilMs() + COVERED_MS);
    }

    /**
     * What the ears noticed.
     *
     * @return whether the vendor should be asked for its final now
     */
    boolean onEndpoint(Endpoint endpoint, @Nullable Lane lane, long nowNs) {
        return switch (endpoint) {
            case Endpoint.Nothing() -> false;
            case Endpoint.SpeechStarted(long offsetMs) -> {
                start(offsetMs, Source.LOCAL);
                yield false;
            }
            case Endpoint.SpeechEnded(long offsetMs) -> {
                stop(offsetMs, Source.LOCAL);
                yield false;
            }
            case Endpoint.UtteranceEnded(long startMs, long endMs, Cause cause, boolean endsSpeech) -> {
                if (endsSpeech) {
                    stop(endMs, Source.LOCAL);
                }
                if (lane != null && !lane.traits().transcribes()) {
                    tellWithoutText(startMs, endMs, cause);
                    yield false;
                }
                if (cause == Cause.END) {
                    // The session ends it, when the vendor has said all.
                    yield false;
                }
                boolean vendorEnds = lane != null && lane.traits().endpointing() && cause == Cause.ENDPOINT;
                await(startMs, endMs, cause, vendorEnds ? VENDOR_PATIENCE * finalTimeoutNs : finalTimeoutNs, nowNs);
                yield !vendorEnds;
            }
        };
    }

    /** A final is wanted now, whatever the ears think. */
    void onFlush(long endMs, long nowNs) {
        await(speechStartMs, endMs, Cause.FLUSH, finalTimeoutNs, nowNs);
    }

    /** Vendors are late: what the ears have heard from start to end already is nothing new. */
    void onVendorStart(long atMs) {
        if (atMs >= stretches.lastEndMs()) {
            start(atMs, Source.VENDOR);
        }
    }

    /** @param earsHearSpeech then it goes on, whatever the vendor says */
    void onVendorStop(long atMs, boolean earsHearSpeech) {
        if (!earsHearSpeech) {
            stop(Math.max(speechStartMs, atMs), Source.VENDOR);
        }
    }

    /** The vendor ended the utterance. */
    void onVendorEnd(long atMs) {
        Awaited waiting = awaited;
        transcript.endUtterance(atMs, waiting != null ? waiting.cause() : Cause.ENDPOINT, Source.VENDOR);
        if (waiting != null && (atMs < 0 || atMs >= waiting.endMs() - COVERED_MS)) {
            awaited = null;
        }
    }

    /**
     * A final came.
     *
     * @param place where its words lie if the vendor does not say so: see {@link #placeOf}
     */
    void onFinal(Heard.Final said, Cause usual, Stretches.Stretch place) {
        Awaited waiting = awaited;
        Cause cause = waiting != null && waiting.cause() == Cause.FLUSH ? Cause.FLUSH : usual;
        transcript.finalText(said, cause, place.startMs(), place.endMs());
        if (waiting != null && (said.endMs() < 0 || transcript.finalUntilMs() >= waiting.endMs() - COVERED_MS)) {
            settle(waiting);
        }
    }

    /** The vendor said all it has up to the flush. */
    void onFlushed() {
        Awaited waiting = awaited;
        if (waiting != null) {
            settle(waiting);
        }
    }

    /** The final that was awaited does not come any more. */
    void poll(long nowNs) {
        Awaited waiting = awaited;
        if (waiting != null && nowNs - waiting.deadlineNs() >= 0) {
            transcript.promote(waiting.startMs(), waiting.endMs());
            settle(waiting);
        }
    }

    /** Nobody will say more about the audio so far: what there is counts. */
    void finish(long untilMs, Cause cause) {
        Stretches.Stretch last = stretches.of(transcript.finalUntilMs(), 0, untilMs);
        transcript.promote(last.startMs(), last.endMs());
        transcript.endUtterance(transcript.finalUntilMs(), cause, Source.LOCAL);
        awaited = null;
    }

    /** Where words lie that became final now, for a vendor that does not say. */
    Stretches.Stretch placeOf(long sentLongAgoMs, long sentLatelyMs) {
        return stretches.of(transcript.finalUntilMs(), sentLongAgoMs, sentLatelyMs);
    }

    /**
     * Notes what is final for sure when the vendor does not say. Several finals may be about one stretch of speech, and all
     * of it may have been sent long before the first of them comes: so as much is settled as a vendor cannot owe any more.
     *
     * @param sentLongAgoMs as with {@link #placeOf}
     */
    void settleBefore(long sentLongAgoMs) {
        long beginsMs = stretches.beginningOfSpeechAt(sentLongAgoMs);
        transcript.settledUntil(Math.min(beginsMs, transcript.finalUntilMs()));
    }

    private void start(long atMs, Source source) {
        transcript.onSpeechStarted();
        if (speaking) {
            return;
        }
        speaking = true;
        speechStartMs = atMs;
        stretches.onStart(atMs);
        out.tell(stamp -> new SpeechEvent.SpeechStarted(stamp, Duration.ofMillis(atMs), source));
    }

    private void stop(long atMs, Source source) {
        if (!speaking) {
            return;
        }
        speaking = false;
        stretches.onEnd(atMs);
        out.tell(stamp -> new SpeechEvent.SpeechEnded(stamp, Duration.ofMillis(atMs), source));
    }

    private void await(long startMs, long endMs, Cause cause, long withinNs, long nowNs) {
        Awaited waiting = awaited;
        if (waiting != null && waiting.cause() == Cause.FLUSH && cause != Cause.FLUSH) {
            return;
        }
        awaited = new Awaited(startMs, endMs, cause, nowNs + withinNs);
        if (transcript.finalUntilMs() >= endMs - COVERED_MS && !transcript.isOpen()) {
            settle(awaited);
        }
    }

    private void settle(Awaited waiting) {
        transcript.endUtterance(waiting.endMs(), waiting.cause(), Source.LOCAL);
        awaited = null;
    }

    private void tellWithoutText(long startMs, long endMs, Cause cause) {
        out.tell(stamp -> new SpeechEvent.UtteranceEnd(
                stamp,
                Duration.ofMillis(startMs),
                Duration.ofMillis(endMs),
                "",
                false,
                cause,
                Source.LOCAL,
                OptionalDouble.empty()));
    }
}
