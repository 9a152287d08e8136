package io.steadyline.stt.event;

import io.steadyline.port.SpeechSink;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Stamp;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's way out: numbers the events and hands them to the sink. What the sink throws is counted, logged once a
 * session, and stops nothing: the event is lost, the number is not used again.
 */
public final class EventOut {

    private static final Logger LOG = LoggerFactory.getLogger(EventOut.class);

    private final String session;
    private final SpeechSink sink;
    private final Runnable onSinkFailure;
    private String provider;
    private int attempt = 1;
    private long sequence;
    private long takenMs;
    private boolean sinkHasFailed;

    /**
     * @param session for the log, printable
     * @param provider who tells, until {@link #from} names another
     */
    public EventOut(String session, String provider, SpeechSink sink, Runnable onSinkFailure) {
        this.session = session;
        this.provider = provider;
        this.sink = sink;
        this.onSinkFailure = onSinkFailure;
    }

    /** Who tells from now on. */
    public void from(String newProvider, int newAttempt) {
        provider = newProvider;
        attempt = newAttempt;
    }

    /** The call's audio up to here has been taken; stamps say so from now on. */
    public void taken(long untilMs) {
        takenMs = untilMs;
    }

    public Duration position() {
        return Duration.ofMillis(takenMs);
    }

    public void tell(Function<Stamp, SpeechEvent> event) {
        SpeechEvent stamped = event.apply(new Stamp(provider, attempt, ++sequence, position()));
        try {
            sink.on(stamped);
        } catch (RuntimeException | Error e) {
            onSinkFailure.run();
            if (!sinkHasFailed) {
                sinkHasFailed = true;
                LOG.warn(
                        "call {}: the sink of speech events failed on {}",
                        session,
                        stamped.getClass().getSimpleName(),
                        e);
            }
        }
    }
}
