package io.steadyline.bootstrap.fault;

import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A recogniser that holds its queue for a while in each session, as a vendor does that asks to wait. */
public final class StallingRecogniser implements SttProvider {

    private final SttProvider real;
    private final Duration after;
    private final Duration length;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fault-stt-stall").factory());

    public StallingRecogniser(SttProvider real, Duration after, Duration length) {
        this.real = real;
        this.after = after;
        this.length = length;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public SttCapabilities capabilities() {
        return real.capabilities();
    }

    @Override
    public SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        var _ = timer.schedule(audio::hold, after.toMillis(), TimeUnit.MILLISECONDS);
        var _ = timer.schedule(audio::release, after.plus(length).toMillis(), TimeUnit.MILLISECONDS);
        return real.open(spec, audio, sink);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        real.close();
    }
}
