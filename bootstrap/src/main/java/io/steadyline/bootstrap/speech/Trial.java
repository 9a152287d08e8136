package io.steadyline.bootstrap.speech;

import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SttControl;
import io.steadyline.telemetry.RxMode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One recording through a recogniser, as a call would send it: frame by frame in real time. The built-in recogniser hears the
 * same, so that it is known where speech ends without asking the vendor. Run by one thread.
 */
public final class Trial {

    /** From the sinks' threads to ours. */
    private record Told(SpeechEvent event, long atNs, boolean local) {}

    private final SttProvider recogniser;
    private final SttProvider local;
    private final AudioClip audio;
    private final Consumer<TrialReport.Heard> onHeard;
    private final BlockingQueue<Told> inbox = new LinkedBlockingQueue<>();
    private final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
    private final SttQueue localQueue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
    private final TrialReport report;
    private boolean closed;

    /**
     * @param local hears where speech ends; another one than {@code recogniser}
     * @param onHeard told of each event as it comes, on the calling thread
     */
    public Trial(SttProvider recogniser, SttProvider local, AudioClip audio, Consumer<TrialReport.Heard> onHeard) {
        this.recogniser = recogniser;
        this.local = local;
        this.audio = audio;
        this.onHeard = onHeard;
        this.report = new TrialReport(recogniser.capabilities().transcribes());
    }

    /** Takes as long as the audio does, and then {@code patience} at most for what is still to come. */
    public TrialReport run(Duration patience) throws InterruptedException {
        SttSpec spec = new SttSpec(new CallId("trial"), audio.format(), "", Map.of());
        long startNs = System.nanoTime();
        report.startedAt(startNs);
        SttSession session = recogniser.open(spec, queue, event -> tell(event, false));
        SttSession ears = local.open(spec, localQueue, event -> tell(event, true));
        try {
            long frameNs = TimeUnit.MILLISECONDS.toNanos(audio.format().ptime().ms());
            for (int i = 0; i < audio.frameCount() && !closed; i++) {
                listenUntil(startNs + (i + 1) * frameNs);
                AudioFrame frame = new AudioFrame(audio.frame(i).payload(), i);
                report.onOffer(queue.offer(frame, RxMode.DRAIN));
                localQueue.offer(frame, RxMode.DRAIN);
            }
            queue.offer(new SttControl.EndOfInput());
            localQueue.offer(new SttControl.EndOfInput());
            listenUntil(System.nanoTime() + patience.toNanos());
            return report;
        } finally {
            session.abort();
            ears.abort();
        }
    }

    private void tell(SpeechEvent event, boolean isLocal) {
        inbox.add(new Told(event, System.nanoTime(), isLocal));
    }

    /** Until then, or until nothing more will come. */
    private void listenUntil(long deadlineNs) throws InterruptedException {
        while (!closed) {
            @Nullable Told told = inbox.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (told == null) {
                return;
            }
            if (told.local()) {
                report.onLocal(told.event());
            } else {
                onHeard.accept(report.on(told.event(), told.atNs()));
                closed = told.event() instanceof SpeechEvent.Closed;
            }
        }
    }
}
