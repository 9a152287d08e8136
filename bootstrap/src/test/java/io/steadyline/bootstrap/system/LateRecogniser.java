package io.steadyline.bootstrap.system;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes nothing until its connection stands, then everything; keeps all that it took. */
final class LateRecogniser implements SttProvider {

    private static final SpeechEvent.Stamp STAMP = new SpeechEvent.Stamp("late", 1, 0, Duration.ZERO);

    private final Duration connectTime;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<AudioFrame> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();

    LateRecogniser(Duration connectTime) {
        this.connectTime = connectTime;
    }

    /** In the order in which they came, over all sessions. */
    List<AudioFrame> taken() {
        return taken;
    }

    int sessions() {
        return sessions.get();
    }

    @Override
    public String name() {
        return "late";
    }

    @Override
    public SttCapabilities capabilities() {
        return new SttCapabilities(false, false, false, false);
    }

    @Override
    public SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        sessions.incrementAndGet();
        CompletableFuture.delayedExecutor(connectTime.toMillis(), TimeUnit.MILLISECONDS, thread)
                .execute(() -> connect(audio, sink));
        return () -> thread.execute(() -> sink.on(new SpeechEvent.Closed(STAMP)));
    }

    private void connect(SttQueue audio, SpeechSink sink) {
        sink.on(new SpeechEvent.Ready(STAMP, connectTime));
        audio.onReadable(() -> thread.execute(() -> take(audio, sink)));
    }

    private void take(SttQueue audio, SpeechSink sink) {
        for (MediaItem item = audio.poll(); item != null; item = audio.poll()) {
            switch (item) {
                case AudioFrame frame -> taken.add(frame);
                case SttControl.EndOfInput _ -> sink.on(new SpeechEvent.Closed(STAMP));
                default -> throw new IllegalStateException("item: " + item + " (expected: a frame or the end)");
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
