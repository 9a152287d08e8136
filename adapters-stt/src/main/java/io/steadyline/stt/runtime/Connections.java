package io.steadyline.stt.runtime;

import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one call: the current one has the audio, the next one is to take its place, others are read to their end.
 * One that is lost is followed by another, with the same vendor or the next one, as long as any can do something for the call.
 * Time is an argument; used by the session's thread.
 */
final class Connections {

    /** Hears that this was all. */
    @FunctionalInterface
    interface End {
        /** @param allSaid the last vendor said its goodbye; else nobody can do anything for the call any more */
        void onEnd(boolean allSaid);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int MAX_LOGGED_CHARS = 200;

    /** For the order of vendors only; what was wrong has been told. */
    private static final VendorFailure UNUSABLE = new VendorFailure(FailureKind.CONFIG, "UNUSABLE", "");

    private static final long STEADY_NS = Duration.ofSeconds(5).toNanos();
    private static final Duration READ_TO_END = Duration.ofSeconds(5);

    private final String sessionId;
    private final RuntimeSettings settings;
    private final AttemptOpener opener;
    private final Reconnect reconnect;
    private final Replacement replacement;
    private final SpeakingOrder order;
    private final Patience patience;
    private final Words words;
    private final SessionOut out;
    private final End end;

    private @Nullable Attempt current;
    /** Being opened to replace the current one. */
    private @Nullable Attempt next;
    /** Lost, but the vendor lets it go on. */
    private @Nullable Attempt resumable;

    private boolean ended;

    Connections(
            String sessionId,
            RuntimeSettings settings,
            AttemptOpener opener,
            Reconnect reconnect,
            Replacement replacement,
            Words words,
            SessionOut out,
            End end) {
        this.sessionId = sessionId;
        this.settings = settings;
        this.opener = opener;
        this.reconnect = reconnect;
        this.replacement = replacement;
        this.order = new SpeakingOrder(words);
        this.patience = new Patience(settings.resultTimeout());
        this.words = words;
        this.out = out;
        this.end = end;
    }

    /** The one that has the audio; null: there is none at present. */
    @Nullable
    Attempt current() {
        return current;
    }

    /** Null: none, or one that was given up: nothing is heard of it any more. */
    @Nullable
    Attempt find(int number) {
        for (Attempt attempt : living()) {
            if (attempt.number() == number) {
                return attempt;
            }
        }
        return null;
    }

    private List<Attempt> living() {
        List<Attempt> living = new ArrayList<>(order.leaving());
        if (current != null) {
            living.add(current);
        }
        if (next != null) {
            living.add(next);
        }
        living.removeIf(attempt -> attempt.state() == Attempt.State.ENDED);
        return living;
    }

    // What a turn does.

    void giveUpOverdue(long nowNs) {
        order.leaving().forEach(attempt -> giveUpIfOverdue(attempt, nowNs));
        giveUpIfOverdue(next, nowNs);
        giveUpIfOverdue(current, nowNs);
    }

    private void giveUpIfOverdue(@Nullable Attempt attempt, long nowNs) {
        Attempt.Overdue overdue = attempt == null ? null : attempt.overdue(settings, patience, nowNs);
        if (attempt != null && overdue != null) {
            if (overdue.unanswered()) {
                patience.onAlarm(words.finals(), attempt.timeline().callEndMs());
            }
            lose(attempt, new VendorFailure(FailureKind.STUCK, "STUCK", overdue.why()), nowNs);
        } else if (attempt != null && attempt == current) {
            noteSuccess(attempt, nowNs);
        }
    }

    /** Begins one if there is none, and it is time. */
    void open(long nowNs) {
        if (current != null || ended) {
            return;
        }
        Reconnect.Due due = reconnect.due(nowNs);
        if (due == null) {
            tellLeftAlone(nowNs);
            return;
        }
        Attempt lost = resumable;
        resumable = null;
        replacement.onBegun(nowNs);
        current = opener.open(due.lane(), due.pass(), lost, nowNs);
        if (current == null && !reconnect.onFailure(due.lane(), UNUSABLE, nowNs)) {
            end.onEnd(false);
        }
    }

    /** A call that comes while its vendors are left alone would else be deaf without a word. */
    private void tellLeftAlone(long nowNs) {
        if (out.isTroubleTold()) {
            return;
        }
        reconnect
                .leftAlone(nowNs)
                .ifPresent(lane -> lane.gate()
                        .whyOpen()
                        .ifPresent(why -> out.failure(
                                lane,
                                new VendorFailure(why.kind(), why.code(), "left alone: " + why.message()),
                                false)));
    }

    /** Another connection takes the place of one that the vendor soon ends, or of one with a vendor that was second choice. */
    void replaceInTime(long nowNs) {
        Attempt old = current;
        if (ended || old == null || old.state() != Attempt.State.READY) {
            return;
        }
        Attempt waiting = next;
        if (waiting == null) {
            Reconnect.Due due = replacement.due(old, nowNs);
            next = due == null ? null : opener.open(due.lane(), due.pass(), null, nowNs);
            return;
        }
        boolean goodMoment = words.isPause() || old.rollOver().isUrgent(nowNs);
        if (waiting.state() == Attempt.State.READY && goodMoment && !old.hasAgain()) {
            replace(old, waiting, nowNs);
        } else {
            waiting.keepAlive(nowNs);
        }
    }

    private void replace(Attempt old, Attempt successor, long nowNs) {
        replacement.onReplaced(old, successor, nowNs);
        old.end(Cause.ROLLOVER, READ_TO_END, nowNs);
        words.onReplaced(old);
        order.add(old);
        current = successor;
        next = null;
        out.ready(successor);
    }

    // What happens to one.

    /** Acts on what a connection said. */
    void digest(Attempt attempt, long nowNs) {
        for (Heard said = attempt.pollHeard(); said != null; said = attempt.pollHeard()) {
            switch (said) {
                case Heard.OfSpeech speech -> order.hear(attempt, speech, current, nowNs);
                case Heard.Ready(String requestId) -> onReady(attempt, nowNs);
                case Heard.Expires(Duration left) -> attempt.rollOver().limit(left, nowNs);
                case Heard.Acknowledged(long offsetMs) -> attempt.acknowledged(offsetMs);
                case Heard.Failed(VendorFailure failure) -> lose(attempt, failure, nowNs);
                case Heard.Warned(String message) -> warn(attempt.lane(), message);
                case Heard.Ended() -> onEnded(attempt, nowNs);
            }
        }
        noteSuccess(attempt, nowNs);
    }

    /** A message came, whatever it said. */
    void onSignOfLife(Attempt attempt, long nowNs) {
        if (attempt == current && order.isEmpty()) {
            words.onSignOfLife(attempt, nowNs);
        }
    }

    /** The vendor has said all it had to say. */
    void onEnded(Attempt attempt, long nowNs) {
        if (attempt.state() != Attempt.State.ENDING) {
            lose(attempt, new VendorFailure(FailureKind.TRANSIENT, "ENDED", "ended by itself"), nowNs);
            return;
        }
        attempt.saidAll();
        attempt.pass().onSuccess();
        giveUp(attempt, nowNs);
        if (attempt != current) {
            passTheWord(nowNs);
        } else if (order.isEmpty()) {
            end.onEnd(true);
        }
    }

    void lose(Attempt attempt, VendorFailure failure, long nowNs) {
        if (attempt.state() == Attempt.State.ENDED) {
            return;
        }
        boolean opening = attempt.state() == Attempt.State.OPENING || attempt.state() == Attempt.State.GREETING;
        boolean wasEnding = attempt.state() == Attempt.State.ENDING;
        giveUp(attempt, nowNs);
        if (wasEnding) {
            attempt.pass().withdraw(nowNs);
        } else {
            attempt.pass().onFailure(failure, opening ? -1 : attempt.livedNs(nowNs), nowNs);
        }
        if (attempt == next) {
            next = null;
            out.failure(attempt.lane(), failure, false);
        } else if (attempt == current) {
            loseCurrent(attempt, failure, nowNs);
        } else {
            passTheWord(nowNs);
        }
    }

    private void loseCurrent(Attempt attempt, VendorFailure failure, long nowNs) {
        current = null;
        boolean goesOn = reconnect.onFailure(attempt.lane(), failure, nowNs);
        out.failure(attempt.lane(), failure, !goesOn);
        if (!goesOn) {
            end.onEnd(false);
            return;
        }
        if (order.isEmpty() && !attempt.lane().traits().resumes()) {
            words.onSpeakerLost(attempt, failure.kind() == FailureKind.STUCK, nowNs);
        }
        Attempt successor = next;
        if (attempt.lane().traits().resumes() && failure.kind().isWorthRetry()) {
            attempt.rewind();
            resumable = attempt;
        } else if (successor != null) {
            next = null;
            current = successor;
            if (successor.state() == Attempt.State.READY) {
                takeOver(successor, nowNs);
            }
        }
    }

    private void onReady(Attempt attempt, long nowNs) {
        if (attempt.state() != Attempt.State.GREETING) {
            return;
        }
        if (attempt == next) {
            attempt.onReady(new ArrayDeque<>(), nowNs);
        } else {
            takeOver(attempt, nowNs);
        }
    }

    private void takeOver(Attempt attempt, long nowNs) {
        attempt.onReady(words.replayFor(attempt), nowNs);
        out.ready(attempt);
    }

    /** Words that became final, or some seconds of life: whatever goes wrong after it is another trouble than before. */
    private void noteSuccess(Attempt attempt, long nowNs) {
        if (attempt.isUseful() || attempt.readyForNs(nowNs) >= STEADY_NS) {
            attempt.pass().onSuccess();
            if (attempt == current) {
                reconnect.onSuccess(attempt.lane());
            }
        }
        if (attempt == current && attempt.isUseful()) {
            patience.onFinals(words.finals(), words.lastFinalStartMs());
        }
    }

    private void passTheWord(long nowNs) {
        order.passTheWord(current, nowNs);
        if (order.isEmpty() && current != null && current.hasSaidAll()) {
            end.onEnd(true);
        }
    }

    private void warn(Lane lane, String message) {
        LOG.warn("call {}: {} warns: {}", sessionId, lane.name(), Printable.of(message, MAX_LOGGED_CHARS));
    }

    // The end.

    /** Nobody waits for anybody any more. */
    void hearAllHeld(long nowNs) {
        ended = true;
        order.hearAllHeld(current, nowNs);
    }

    /** Gives up what is left; harmless when repeated. */
    void giveUpAll(long nowNs) {
        ended = true;
        for (Attempt attempt : living()) {
            attempt.pass().withdraw(nowNs);
            giveUp(attempt, nowNs);
        }
    }

    private void giveUp(Attempt attempt, long nowNs) {
        attempt.abort();
        out.usage(attempt, nowNs);
    }
}
