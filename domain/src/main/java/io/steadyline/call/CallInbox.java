package io.steadyline.call;

import io.steadyline.port.SpeechSink;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.turn.BargeInPolicy;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have to say to a call.
 *
 * <p>Puts: any thread. Takes: the media loop. Order: arrival. Bound: 1,024 messages, far above what a recogniser says
 * between two turns of the loop. Full: the message is refused and counted. Closed: messages are refused.
 */
final class CallInbox implements SpeechSink {

    private static final int LIMIT = 1024;

    /** One message. */
    sealed interface Message {
        record Heard(SpeechEvent event) implements Message {}

        /** End the call; {@code playOut}: first play what is queued. */
        record EndRequested(CallEnd end, boolean playOut) implements Message {}

        /** Empty: what the settings say. */
        record BargeInAsked(Optional<BargeInPolicy> policy) implements Message {}

        record AgentCame(String agent) implements Message {}

        record AgentMissed(String why) implements Message {}

        record AgentWent(String why) implements Message {}
    }

    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final Runnable waker;
    private volatile boolean closed;
    /** False: nothing is there. Asked with each turn of the call, which finds nothing nearly always. */
    private volatile boolean filled;

    /** @param waker asks the loop to poll the call soon; any thread, returns at once */
    CallInbox(Runnable waker) {
        this.waker = waker;
    }

    @Override
    public void on(SpeechEvent event) {
        put(new Message.Heard(event));
    }

    boolean put(Message message) {
        if (closed || size.get() >= LIMIT) {
            refused.incrementAndGet();
            return false;
        }
        messages.add(message);
        filled = true;
        if (size.getAndIncrement() == 0) {
            waker.run();
        }
        return true;
    }

    @Nullable
    Message poll() {
        if (!filled) {
            return null;
        }
        Message message = messages.poll();
        if (message == null) {
            // Looked at once more behind the flag: what is put from here on raises it again.
            filled = false;
            message = messages.poll();
            if (message != null) {
                filled = true;
            }
        }
        if (message != null) {
            size.decrementAndGet();
        }
        return message;
    }

    void close() {
        closed = true;
    }

    long refused() {
        return refused.get();
    }
}
