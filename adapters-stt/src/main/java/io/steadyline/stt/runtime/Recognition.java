package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.signal.Ears;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import io.steadyline.stt.vendor.Wire;
import io.steadyline.turn.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One call's recognition by one vendor after another: a state machine without thread, socket or clock.
 *
 * <p>Audio meets the fields in their order: heard by the gateway's own ears, kept until an answer covers it, sent on the current
 * connection. Words come back the other way. Used by one thread.
 */
final class Recognition implements Ears.Listener {

    /** So much comes between two turns anyway, when the network is a little uneven. */
    private static final int CATCH_UP_FRAMES = 10;

    private final int ptimeMs;
    private final RuntimeSettings settings;

    private final SttQueue audio;
    private final Ears ears;
    private final Words words;
    private final Connections connections;
    private final SessionOut out;

    private boolean flushDue;
    private boolean inputEnded;
    private long endDeadlineNs;
    private boolean closed;
    private long nowNs;

    /** @param context what was said last before this session; empty: nothing is known */
    Recognition(
            String sessionId,
            AudioFormat format,
            String context,
            SttQueue audio,
            List<Lane> lanes,
            RuntimeSettings settings,
            Connector connector,
            EventOut events,
            InstantSource wall,
            RandomGenerator random,
            long nowNs) {
        this.ptimeMs = format.ptime().ms();
        this.settings = settings;
        this.audio = audio;
        this.nowNs = nowNs;
        this.out = new SessionOut(events);
        this.ears = new Ears(
                format,
                settings.ears().endpoint(),
                settings.ears().voice(),
                settings.ears().dtmf(),
                this);
        this.words = new Words(ptimeMs, settings, context, ears, events, out);
        Reconnect reconnect = new Reconnect(lanes, settings.retryBudget().toNanos(), random, nowNs);
        this.connections = new Connections(
                sessionId,
                settings,
                new AttemptOpener(sessionId, format, settings, connector, wall, words, out),
                reconnect,
                new Replacement(lanes, reconnect, settings.returnAfter(), nowNs),
                words,
                out,
                this::close);
    }

    /** Does what is due. False: the session is over. */
    boolean turn(long now) {
        nowNs = now;
        if (inputEnded && now - endDeadlineNs >= 0) {
            close(false);
        }
        if (closed) {
            return false;
        }
        connections.giveUpOverdue(now);
        connections.open(now);
        feed();
        if (!inputEnded) {
            connections.replaceInTime(now);
        }
        words.poll(now);
        return !closed;
    }

    /** Ends at once, finals or not. */
    void abort(long now) {
        nowNs = now;
        close(false);
    }

    /** Audio waits that could be on its way if the message before it were. */
    boolean isCatchingUp() {
        Attempt attempt = connections.current();
        return attempt != null
                && attempt.state() == Attempt.State.READY
                && (attempt.hasAgain() || audio.depthFrames() > CATCH_UP_FRAMES);
    }

    boolean isClosed() {
        return closed;
    }

    // What happens to connections. Of one that is given up already nothing is heard any more.

    void onOpened(int number, long now) {
        nowNs = now;
        Attempt attempt = connections.find(number);
        if (attempt != null && attempt.state() == Attempt.State.OPENING) {
            attempt.onOpened(now);
            connections.digest(attempt, now);
        }
    }

    void onWritten(int number, long now) {
        nowNs = now;
        Attempt attempt = connections.find(number);
        if (attempt != null) {
            attempt.onWritten(now);
        }
    }

    void onReceived(int number, Wire message, long now) {
        nowNs = now;
        Attempt attempt = connections.find(number);
        if (attempt == null) {
            return;
        }
        try {
            attempt.onReceived(message, now);
        } catch (Dialect.Garbled garbled) {
            connections.digest(attempt, now);
            connections.lose(attempt, transientFailure("GARBLED", String.valueOf(garbled.getMessage())), now);
            return;
        }
        connections.digest(attempt, now);
        connections.onSignOfLife(attempt, now);
    }

    void onRefused(int number, Refusal refusal, long now) {
        nowNs = now;
        Attempt attempt = connections.find(number);
        if (attempt != null) {
            connections.lose(attempt, attempt.dialect().onRefused(refusal), now);
        }
    }

    void onClosed(int number, Closing closing, long now) {
        nowNs = now;
        Attempt attempt = connections.find(number);
        if (attempt == null) {
            return;
        }
        VendorFailure why = attempt.dialect().onClosed(closing);
        boolean inOrder = closing.code() == Closing.NORMAL || why.kind() == FailureKind.LOCAL;
        if (attempt.state() == Attempt.State.ENDING && inOrder) {
            connections.onEnded(attempt, now);
        } else {
            connections.lose(attempt, why, now);
        }
    }

    void onBroken(int number, Throwable cause, long now) {
        nowNs = now;
        Attempt attempt = connections.find(number);
        if (attempt != null) {
            connections.lose(attempt, transientFailure("LOST", "connection lost: " + cause), now);
        }
    }

    private static VendorFailure transientFailure(String code, String message) {
        return new VendorFailure(FailureKind.TRANSIENT, code, message);
    }

    // What the ears find.

    @Override
    public void onHole(long fromMs, long toMs) {
        out.gap(fromMs, toMs, "frames lost before the recogniser");
    }

    @Override
    public void onKey(char key, long offsetMs, long durationMs) {
        out.key(key, offsetMs, durationMs);
    }

    @Override
    public void onTone(Tone tone, long offsetMs, long durationMs) {
        out.tone(tone, offsetMs, durationMs);
    }

    @Override
    public void onEndpoint(Endpoint endpoint) {
        Attempt attempt = connections.current();
        flushDue |= words.onEndpoint(endpoint, attempt == null ? null : attempt.lane(), nowNs);
    }

    // Audio.

    private void feed() {
        for (Attempt to = connections.current(); to != null && to.takesAudio(nowNs); to = connections.current()) {
            AudioFrame again = to.pollAgain();
            if (again != null) {
                to.send(again, false, nowNs);
                flushAfterReplay(to);
                continue;
            }
            MediaItem item = inputEnded ? null : audio.poll();
            if (item == null) {
                break;
            }
            take(item, to);
        }
        Attempt attempt = connections.current();
        if (attempt == null) {
            return;
        }
        if (inputEnded && attempt.state() == Attempt.State.READY && !attempt.hasAgain()) {
            attempt.end(Cause.END, Duration.ofNanos(Math.max(1, endDeadlineNs - nowNs)), nowNs);
        } else {
            attempt.keepAlive(nowNs);
        }
    }

    private void take(MediaItem item, Attempt attempt) {
        switch (item) {
            case AudioFrame frame -> {
                if (ears.isStale(frame)) {
                    return;
                }
                out.speaksFor(attempt);
                out.taken(endMs(frame));
                ears.hear(frame);
                words.keep(frame, attempt.lane());
                attempt.send(frame, ears.isVoiced(), nowNs);
                flushIfDue(attempt);
            }
            case SttControl.Flush flush -> {
                ears.finishUtterance(Cause.FLUSH);
                words.onFlush(nowNs);
                flushDue = true;
                flushIfDue(attempt);
            }
            case SttControl.EndOfInput end -> {
                ears.finish();
                flushDue = false;
                inputEnded = true;
                endDeadlineNs = nowNs + settings.drain().toNanos();
            }
            case ControlItem other ->
                throw new IllegalArgumentException("control item: " + other + " (expected: Flush or EndOfInput)");
        }
    }

    /** What an earlier connection was asked for and lost is asked for again, once its audio is there. */
    private void flushAfterReplay(Attempt attempt) {
        if (!attempt.hasAgain() && words.isAwaitingFinal()) {
            words.awaitAgain(nowNs);
            flushDue = true;
            flushIfDue(attempt);
        }
    }

    private void flushIfDue(Attempt attempt) {
        if (flushDue && attempt.lane().traits().flushes()) {
            attempt.flush(nowNs);
        }
        flushDue = false;
    }

    // The end.

    private void close(boolean allSaid) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            connections.hearAllHeld(nowNs);
            words.finish(allSaid, allSaid ? ears.heardUntilMs() : discardedUntilMs());
        } finally {
            try {
                connections.giveUpAll(nowNs);
            } finally {
                out.closed();
            }
        }
    }

    /** Takes what still waits for a connection; tells where it ends. */
    private long discardedUntilMs() {
        long untilMs = ears.heardUntilMs();
        for (MediaItem item = audio.poll(); item != null; item = audio.poll()) {
            if (item instanceof AudioFrame frame) {
                untilMs = Math.max(untilMs, endMs(frame));
            }
        }
        return untilMs;
    }

    private long endMs(AudioFrame frame) {
        return (frame.position() + 1) * ptimeMs;
    }
}
