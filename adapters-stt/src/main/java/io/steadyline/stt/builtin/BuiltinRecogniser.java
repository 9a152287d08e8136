package io.steadyline.stt.builtin;

import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears where the caller speaks, which keys were pressed, and fax tones and beeps; knows no words: an utterance ends with
 * empty text and {@code textAvailable} false, or with its number if the settings want words. All sessions share one daemon thread, on which all sinks are called;
 * an event is at most some 20 ms later than its audio.
 */
public final class BuiltinRecogniser implements SttProvider {

    /** As it stands in configuration and in events. */
    public static final String NAME = "builtin";

    /**
     * Running totals.
     *
     * @param refusedSessions opened after the close
     * @param failedSessions ended by an exception of ours
     * @param sinkFailures events that a sink did not take
     * @param staleFrames frames that came again or too late; not heard
     */
    public record Counters(
            long openSessions,
            long openedSessions,
            long refusedSessions,
            long failedSessions,
            long sinkFailures,
            long staleFrames) {}

    private static final Logger LOG = LoggerFactory.getLogger(BuiltinRecogniser.class);
    /** Below the port's two seconds. */
    private static final long CLOSE_WITHIN_MS = 1_900;

    private final BuiltinSettings settings;
    private final Counts counts = new Counts();
    private final SessionLoop loop = new SessionLoop("stt-" + NAME, counts);

    public BuiltinRecogniser() {
        this(BuiltinSettings.DEFAULT);
    }

    public BuiltinRecogniser(BuiltinSettings settings) {
        this.settings = settings;
        loop.start();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SttCapabilities capabilities() {
        return new SttCapabilities(settings.words(), false, true, true);
    }

    @Override
    public SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        BuiltinSession session = new BuiltinSession(spec, audio, sink, settings, counts, loop::ring);
        if (loop.admit(session)) {
            session.start();
        } else {
            counts.refused.incrementAndGet();
            session.refuse();
        }
        return session;
    }

    /** Any thread. */
    public Counters counters() {
        return counts.snapshot();
    }

    @Override
    public void close() {
        try {
            if (!loop.stop(CLOSE_WITHIN_MS)) {
                LOG.error("the built-in recogniser did not end within {} ms: a sink holds its thread", CLOSE_WITHIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
