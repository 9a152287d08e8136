package io.steadyline.bootstrap.fault;

import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Closed;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.signal.SpeechEvent.Final;
import io.steadyline.signal.SpeechEvent.SpeechEnded;
import io.steadyline.signal.SpeechEvent.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A recogniser that, in each session, says what no vendor should (a megabyte of text with control characters, times before
 * the call, the end of a speech that never began) and then loses its connection for good.
 */
public final class BreakingRecogniser implements SttProvider {

    private static final String GARBAGE = "\u001b[31m\r\nERROR forged\u0000".repeat(1 << 16);
    private static final Duration BEFORE_THE_CALL = Duration.ofHours(-1);

    private final SttProvider real;
    private final Duration garbageAfter;
    private final Duration breaksAfter;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fault-stt-breaks").factory());

    /**
     * @param garbageAfter from the opening of a session
     * @param breaksAfter the same; later than the garbage
     */
    public BreakingRecogniser(SttProvider real, Duration garbageAfter, Duration breaksAfter) {
        this.real = real;
        this.garbageAfter = garbageAfter;
        this.breaksAfter = breaksAfter;
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
        Once broken = new Once(sink);
        SttSession session = real.open(spec, audio, broken);
        after(garbageAfter, () -> garbage(broken));
        after(breaksAfter, () -> {
            broken.breakOff();
            session.abort();
        });
        return session;
    }

    private void after(Duration delay, Runnable act) {
        var _ = timer.schedule(act, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void garbage(SpeechSink sink) {
        sink.on(new SpeechEnded(stamp(), BEFORE_THE_CALL, SpeechEvent.Source.VENDOR));
        sink.on(new Final(
                stamp(),
                GARBAGE.substring(0, 200),
                GARBAGE,
                BEFORE_THE_CALL,
                BEFORE_THE_CALL.multipliedBy(2),
                OptionalDouble.of(Double.NaN),
                List.of(),
                Cause.VENDOR_SEGMENT));
    }

    private Stamp stamp() {
        return new Stamp(real.name(), 0, -1, BEFORE_THE_CALL);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        real.close();
    }

    /** Passes events on until the connection is lost. */
    private final class Once implements SpeechSink {

        private final SpeechSink sink;
        private boolean isBroken;

        Once(SpeechSink sink) {
            this.sink = sink;
        }

        @Override
        public synchronized void on(SpeechEvent event) {
            if (!isBroken) {
                sink.on(event);
            }
        }

        synchronized void breakOff() {
            if (!isBroken) {
                sink.on(new Failure(stamp(), "CONNECTION", Optional.empty(), "connection reset by peer", true, true));
                sink.on(new Closed(stamp()));
                isBroken = true;
            }
        }
    }
}
