package io.steadyline.stt.builtin;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent.Closed;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.signal.SpeechEvent.Ready;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.event.EventOut;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Nobody listens: for bots that hear the caller themselves. Takes all audio where it is offered, without a thread, and says
 * nothing of it: no speech, no keys in the audio, no barge-in.
 */
public final class NoRecogniser implements SttProvider {

    /** As it stands in configuration and in events. */
    public static final String NAME = "none";

    /** Used by the media loop, and by whoever closes. */
    private final Set<Deaf> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SttCapabilities capabilities() {
        return new SttCapabilities(false, false, false, false);
    }

    @Override
    public SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        EventOut out = new EventOut(Printable.of(spec.callId().value()), NAME, sink, () -> {});
        Deaf session = new Deaf(audio, spec.format().ptime().ms(), out, open::remove);
        if (closed) {
            out.tell(stamp -> new Failure(stamp, "LOCAL", Optional.empty(), "the recogniser is closed", false, true));
            session.abort();
            return session;
        }
        open.add(session);
        session.start();
        if (closed) {
            session.abort();
        }
        return session;
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Deaf::abort);
    }

    private static final class Deaf implements SttSession {

        private final SttQueue audio;
        private final int frameMs;
        private final EventOut out;
        private final Consumer<Deaf> onEnd;
        private boolean ended;

        Deaf(SttQueue audio, int frameMs, EventOut out, Consumer<Deaf> onEnd) {
            this.audio = audio;
            this.frameMs = frameMs;
            this.out = out;
            this.onEnd = onEnd;
        }

        synchronized void start() {
            if (ended) {
                return;
            }
            out.tell(stamp -> new Ready(stamp, Duration.ZERO));
            audio.onReadable(this::take);
        }

        @Override
        public synchronized void abort() {
            if (!ended) {
                ended = true;
                onEnd.accept(this);
                out.tell(Closed::new);
            }
        }

        private synchronized void take() {
            for (MediaItem item = audio.poll(); item != null && !ended; item = audio.poll()) {
                if (item instanceof AudioFrame frame) {
                    out.taken((frame.position() + 1) * frameMs);
                } else if (item instanceof SttControl.EndOfInput) {
                    abort();
                }
            }
        }
    }
}
