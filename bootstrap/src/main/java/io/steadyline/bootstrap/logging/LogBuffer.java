package io.steadyline.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Log events between whoever logs and the log writer.
 *
 * <p>Puts: any thread, never waits. Takes: the log writer. Order: arrival. Bound: {@value #ORDINARY_LIMIT} events below
 * WARN, {@value #TOTAL_LIMIT} in all. Full: the new event is discarded and counted, ordinary ones first; a WARN or ERROR
 * only when the output has been blocked for so long that the alternative would be to run out of memory. Closed: offers
 * are ignored, what is queued remains takeable.
 */
final class LogBuffer {

    /** Over three minutes of the lines of 20 calls (R16: two a second each); about 2 MiB. */
    static final int ORDINARY_LIMIT = 8192;
    /** Leaves 57,344 places that only WARN and ERROR may use; about 16 MiB when full. */
    static final int TOTAL_LIMIT = 65_536;

    /** @param discarded how many events were lost just before {@code event} */
    record Taken(@Nullable ILoggingEvent event, long discarded) {}

    private final ArrayDeque<ILoggingEvent> events = new ArrayDeque<>();
    private long discarded;
    private boolean closed;

    synchronized void offer(ILoggingEvent event) {
        if (closed) {
            return;
        }
        int limit = event.getLevel().isGreaterOrEqual(Level.WARN) ? TOTAL_LIMIT : ORDINARY_LIMIT;
        if (events.size() >= limit) {
            discarded++;
            return;
        }
        events.add(event);
        notifyAll();
    }

    /** Waits for an event; null when closed and empty. Discarded events are reported once, with the next event taken. */
    synchronized @Nullable Taken take() throws InterruptedException {
        while (events.isEmpty() && !closed) {
            wait();
        }
        if (events.isEmpty() && discarded == 0) {
            return null;
        }
        Taken taken = new Taken(events.poll(), discarded);
        discarded = 0;
        return taken;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized int depth() {
        return events.size();
    }
}
