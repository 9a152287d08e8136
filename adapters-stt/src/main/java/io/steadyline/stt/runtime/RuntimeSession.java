package io.steadyline.stt.runtime;

import io.steadyline.port.SttSession;
import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Wire;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's session between the threads of its connections and the one that gives it turns. Events of connections wait in an
 * inbox until its turn. Both are bounded: a vendor that sends without end costs its own connection, no memory, and no other
 * session's turn.
 */
final class RuntimeSession implements SttSession, Connector {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeSession.class);
    /** A vendor sends some tens of messages a second; turns come each 10 ms. */
    private static final int MAX_PER_TURN = 200;

    private static final int MAX_WAITING = 2_000;

    private static final long MAX_WAITING_CHARS = 4 << 20;

    @FunctionalInterface
    private interface Event {
        void tell(Recognition recognition, long nowNs);
    }

    private final String callId;
    private final SttRuntime.Opener opener;
    private final EventOut out;
    private final Consumer<RuntimeSession> bell;
    private final Queue<Event> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingChars = new AtomicLong();
    private @Nullable Recognition recognition;
    private volatile boolean aborted;
    private volatile boolean flooded;
    /** More audio waits than one message holds. */
    private volatile boolean hungry;

    private boolean failed;

    /** @param bell asks for a turn before the next round; any thread */
    RuntimeSession(String callId, SttRuntime.Opener opener, EventOut out, Consumer<RuntimeSession> bell) {
        this.callId = callId;
        this.opener = opener;
        this.out = out;
        this.bell = bell;
    }

    /** Before its first turn. */
    void begin(Recognition its) {
        recognition = its;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public Link connect(Route route, int attempt) {
        return opener.open(route, new Inbox(attempt));
    }

    /** False: the session is over. What goes wrong in it ends this session only. */
    boolean turn(long nowNs) {
        Recognition its = Objects.requireNonNull(recognition, "begin first");
        try {
            if (aborted) {
                its.abort(nowNs);
                return false;
            }
            tellWhatWaits(its, nowNs);
            boolean goesOn = its.turn(nowNs);
            hungry = its.isCatchingUp();
            return goesOn;
        } catch (RuntimeException | Error bug) {
            fail(its, bug, nowNs);
            return false;
        }
    }

    /** What comes while it is told waits for the next turn. */
    private void tellWhatWaits(Recognition its, long nowNs) {
        for (int left = Math.min(waiting.get(), MAX_PER_TURN); left > 0; left--) {
            Event event = inbox.poll();
            if (event == null) {
                return;
            }
            waiting.decrementAndGet();
            event.tell(its, nowNs);
        }
    }

    /** Ends it, finals or not. */
    void close(long nowNs) {
        Recognition its = Objects.requireNonNull(recognition, "begin first");
        try {
            its.abort(nowNs);
        } catch (RuntimeException | Error bug) {
            fail(its, bug, nowNs);
        }
    }

    boolean hasFailed() {
        return failed;
    }

    boolean wasFlooded() {
        return flooded;
    }

    private void fail(Recognition its, Throwable bug, long nowNs) {
        failed = true;
        LOG.error("call {}: recognition failed; only this session ends", callId, bug);
        if (its.isClosed()) {
            return;
        }
        String message = Printable.of(String.valueOf(bug), 200);
        out.tell(stamp -> new Failure(stamp, "INTERNAL", Optional.empty(), message, false, true));
        try {
            its.abort(nowNs);
        } catch (RuntimeException | Error again) {
            LOG.error("call {}: its connections could not be given up in order", callId, again);
        }
    }

    private static int size(Wire message) {
        return switch (message) {
            case Wire.Text(String text) -> text.length();
            case Wire.Binary(byte[] data) -> data.length;
        };
    }

    /** The events of one connection, tagged with its number: late ones of an old connection are known by it. */
    private final class Inbox implements LinkEvents {
        private final int attempt;
        private boolean tooMuch;

        Inbox(int attempt) {
            this.attempt = attempt;
        }

        @Override
        public void opened() {
            put((its, nowNs) -> its.onOpened(attempt, nowNs));
        }

        @Override
        public void written() {
            put((its, nowNs) -> its.onWritten(attempt, nowNs));
            if (hungry) {
                bell.accept(RuntimeSession.this);
            }
        }

        @Override
        public void received(Wire message) {
            if (tooMuch) {
                return;
            }
            int size = size(message);
            if (waiting.get() < MAX_WAITING && waitingChars.get() + size < MAX_WAITING_CHARS) {
                waitingChars.addAndGet(size);
                put((its, nowNs) -> {
                    waitingChars.addAndGet(-size);
                    its.onReceived(attempt, message, nowNs);
                });
            } else {
                tooMuch = true;
                flooded = true;
                broken(new IOException("more messages wait than are read"));
            }
        }

        @Override
        public void refused(Refusal refusal) {
            put((its, nowNs) -> its.onRefused(attempt, refusal, nowNs));
        }

        @Override
        public void closed(Closing closing) {
            put((its, nowNs) -> its.onClosed(attempt, closing, nowNs));
        }

        @Override
        public void broken(Throwable cause) {
            put((its, nowNs) -> its.onBroken(attempt, cause, nowNs));
        }

        private void put(Event event) {
            waiting.incrementAndGet();
            inbox.add(event);
        }
    }
}
