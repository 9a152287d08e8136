package io.steadyline.testkit;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SttControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recogniser that hears and says what the test wants. New sessions take at once what is queued, and answer an end of
 * input with Closed, unless told otherwise.
 */
public final class FakeRecogniser implements SttProvider {

    private final List<Session> sessions = new ArrayList<>();
    private boolean takes = true;
    private boolean closesItself = true;
    private @Nullable RuntimeException failure;

    /** New sessions take nothing until {@link Session#take}. */
    public void takeNothing() {
        takes = false;
    }

    /** New sessions never say that they are done. */
    public void neverClose() {
        closesItself = false;
    }

    /** Against the port's contract: {@link #open} throws. */
    public void failOnOpen(RuntimeException thrown) {
        failure = thrown;
    }

    @Override
    public String name() {
        return "fake-stt";
    }

    @Override
    public SttCapabilities capabilities() {
        return new SttCapabilities(true, true, true, true);
    }

    @Override
    public Session open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        if (failure != null) {
            throw failure;
        }
        Session session = new Session(spec, audio, sink, takes, closesItself);
        sessions.add(session);
        audio.onReadable(session::takeIfWanted);
        return session;
    }

    @Override
    public void close() {
        sessions.forEach(Session::abort);
    }

    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** The latest one. */
    public Session session() {
        return sessions.getLast();
    }

    /** What the recogniser of one call heard. */
    public static final class Session implements SttSession {

        private final SttSpec spec;
        private final SttQueue audio;
        private final SpeechSink sink;
        private final boolean closesItself;
        private final List<AudioFrame> heard = new ArrayList<>();
        private boolean takes;
        private boolean endOfInput;
        private boolean closed;
        private int aborts;
        private long sequence;
        private @Nullable RuntimeException failure;

        private Session(SttSpec spec, SttQueue audio, SpeechSink sink, boolean takes, boolean closesItself) {
            this.spec = spec;
            this.audio = audio;
            this.sink = sink;
            this.takes = takes;
            this.closesItself = closesItself;
        }

        /** Takes what is queued, and from now on everything as it comes. */
        public void take() {
            takes = true;
            takeIfWanted();
        }

        /** Takes up to {@code frames} items once. */
        public void takeOnce(int items) {
            for (int i = 0; i < items; i++) {
                MediaItem item = audio.poll();
                if (item == null) {
                    return;
                }
                hear(item);
            }
        }

        public void hold() {
            audio.hold();
        }

        public void release() {
            audio.release();
        }

        /** Against the port's contract: {@link #abort} throws. */
        public void failOnAbort(RuntimeException thrown) {
            failure = thrown;
        }

        public void says(SpeechEvent event) {
            sink.on(event);
        }

        public void saysReady(Duration connectTime) {
            says(new SpeechEvent.Ready(stamp(), connectTime));
        }

        public void saysSpeechStarted(Duration offset) {
            says(new SpeechEvent.SpeechStarted(stamp(), offset, SpeechEvent.Source.LOCAL));
        }

        public void saysSpeechEnded(Duration offset) {
            says(new SpeechEvent.SpeechEnded(stamp(), offset, SpeechEvent.Source.LOCAL));
        }

        public void saysClosed() {
            closed = true;
            says(new SpeechEvent.Closed(stamp()));
        }

        public SpeechEvent.Stamp stamp() {
            return new SpeechEvent.Stamp("fake-stt", 1, ++sequence, Duration.ZERO);
        }

        @Override
        public void abort() {
            aborts++;
            if (failure != null) {
                throw failure;
            }
            if (!closed) {
                saysClosed();
            }
        }

        public SttSpec spec() {
            return spec;
        }

        public List<AudioFrame> heard() {
            return List.copyOf(heard);
        }

        public int heardFrames() {
            return heard.size();
        }

        /** Numbers of the frames in the order of their hearing; see {@link Frames}. */
        public List<Long> heardNumbers() {
            return heard.stream().map(Frames::numberOf).toList();
        }

        public boolean heardEndOfInput() {
            return endOfInput;
        }

        public int aborts() {
            return aborts;
        }

        private void takeIfWanted() {
            while (takes) {
                MediaItem item = audio.poll();
                if (item == null) {
                    return;
                }
                hear(item);
            }
        }

        private void hear(MediaItem item) {
            if (item instanceof AudioFrame frame) {
                heard.add(frame);
            }
            if (item instanceof SttControl.EndOfInput) {
                endOfInput = true;
                if (closesItself) {
                    saysClosed();
                }
            }
        }
    }
}
