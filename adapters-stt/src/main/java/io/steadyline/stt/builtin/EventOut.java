package io.steadyline.stt.builtin;

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
final class EventOut {

    private static final Logger LOG = LoggerFactory.getLogger(EventOut.class);
    private static final int ONLY_ATTEMPT = 1;

    private final String session;
    private final SpeechSink sink;
    private final Counts counts;
    private long sequence;
    private long takenMs;
    private boolean sinkHasFailed;

    EventOut(String session, SpeechSink sink, Counts counts) {
        this.session = session;
        this.sink = sink;
        this.counts = counts;
    }

    /** The call's audio up to here has been taken; stamps say so from now on. */
    void taken(long untilMs) {
        takenMs = untilMs;
    }

    Duration position() {
        return Duration.ofMillis(takenMs);
    }

    void tell(Function<Stamp, SpeechEvent> event) {
        SpeechEvent stamped = event.apply(new Stamp(BuiltinRecogniser.NAME, ONLY_ATTEMPT, ++sequence, position()));
        try {
            sink.on(stamped);
        } catch (RuntimeException | Error e) {
            counts.sinkFailures.incrementAndGet();
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
