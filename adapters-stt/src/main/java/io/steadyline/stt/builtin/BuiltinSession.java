package io.steadyline.stt.builtin;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Closed;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.signal.SpeechEvent.Ready;
import io.steadyline.signal.SpeechEvent.Usage;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.event.EventOut;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call's session. Everything but {@link #abort} and {@link #ring} is done by the recogniser's thread, in turns. */
final class BuiltinSession implements SttSession {

    private static final Logger LOG = LoggerFactory.getLogger(BuiltinSession.class);
    /** One second of audio: a session with a backlog lets the others have their turn. */
    private static final int ITEMS_PER_TURN = 50;

    private static final Runnable NOBODY = () -> {};

    private final String callId;
    private final SttQueue audio;
    private final EventOut out;
    private final Listening listening;
    private final Counts counts;
    private final Consumer<BuiltinSession> bell;
    private final long openedNs = System.nanoTime();
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile boolean aborted;
    private boolean ready;
    private boolean closed;

    /** @param bell asks for a turn; any thread, returns at once */
    BuiltinSession(
            SttSpec spec,
            SttQueue audio,
            SpeechSink sink,
            BuiltinSettings settings,
            Counts counts,
            Consumer<BuiltinSession> bell) {
        this.callId = Printable.of(spec.callId().value());
        this.audio = audio;
        this.out = new EventOut(callId, BuiltinRecogniser.NAME, sink, counts.sinkFailures::incrementAndGet);
        this.listening = new Listening(spec, settings, out, counts);
        this.counts = counts;
        this.bell = bell;
    }

    /** From now on the queue rings for a turn; the first one is asked for at once, to say that it is ready. */
    void start() {
        ring();
        audio.onReadable(this::ring);
    }

    /** Asks for a turn, unless one is due already. */
    void ring() {
        if (rung.compareAndSet(false, true)) {
            bell.accept(this);
        }
    }

    @Override
    public void abort() {
        aborted = true;
        ring();
    }

    /** Takes what is queued. False when the session is over. What goes wrong in it ends this session only. */
    boolean turn() {
        // Before the first poll: what is queued after the last one must ring again.
        rung.set(false);
        try {
            takeTurn();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        return !closed;
    }

    /** Ends now; harmless when repeated. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        audio.onReadable(NOBODY);
        Duration open = Duration.ofNanos(System.nanoTime() - openedNs);
        out.tell(stamp -> new Usage(stamp, listening.heard(), open));
        out.tell(Closed::new);
    }

    /** Instead of {@link #start}: the recogniser takes no more sessions. */
    void refuse() {
        closed = true;
        out.tell(stamp -> new Failure(stamp, "LOCAL", Optional.empty(), "the recogniser is closed", false, true));
        out.tell(Closed::new);
    }

    private void takeTurn() {
        if (closed) {
            return;
        }
        if (!ready) {
            ready = true;
            Duration connectTime = Duration.ofNanos(System.nanoTime() - openedNs);
            out.tell(stamp -> new Ready(stamp, connectTime));
        }
        for (int taken = 0; taken < ITEMS_PER_TURN; taken++) {
            if (aborted) {
                close();
                return;
            }
            MediaItem item = audio.poll();
            if (item == null) {
                return;
            }
            take(item);
            if (closed) {
                return;
            }
        }
        ring();
    }

    private void take(MediaItem item) {
        switch (item) {
            case AudioFrame frame -> listening.hear(frame);
            case SttControl.Flush flush -> listening.finishUtterance(Cause.FLUSH);
            case SttControl.EndOfInput end -> {
                listening.finish();
                close();
            }
            case ControlItem other ->
                throw new IllegalArgumentException("control item: " + other + " (expected: Flush or EndOfInput)");
        }
    }

    private void fail(Throwable cause) {
        if (closed) {
            return;
        }
        counts.failed.incrementAndGet();
        LOG.error("call {}: the built-in recogniser failed; only this session ends", callId, cause);
        String message = Printable.of(String.valueOf(cause), 200);
        out.tell(stamp -> new Failure(stamp, "INTERNAL", Optional.empty(), message, false, true));
        close();
    }
}
