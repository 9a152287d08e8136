package io.steadyline.agent;

import io.steadyline.port.AgentLeg;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentSeat;
import io.steadyline.turn.BargeInPolicy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one bot says to a call, on its way to the media loop.
 *
 * <p>Puts: the bot's connection, any thread. Takes: the media loop. Order: arrival. Bound: audio by its source heeding {@link
 * #isWritable}, messages by a count. Full: the bot has lost its place, with a reason. Closed: what comes is ignored.
 */
final class Seat implements AgentSeat {

    /** Of messages that wait for one turn of the loop; no bot that means well has so many in 20 ms. */
    private static final int MAX_MESSAGES = 4096;

    /** One message. */
    sealed interface Message {
        record Taken(AgentLeg leg) implements Message {}

        record Refused(String why) implements Message {}

        record Left(String why) implements Message {}

        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Audio(byte[] payload, long epoch) implements Message {}

        record Mark(String name, long epoch) implements Message {}

        record Clear() implements Message {}

        record BargeInAsked(BargeInPolicy policy) implements Message {}

        record HangUp(String why) implements Message {}

        record Acknowledged(long sequence, long audioPosition) implements Message {}

        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Context(byte[] context) implements Message {}
    }

    private final PlaybackFeeder feeder;
    private final AgentLine line;
    private final long bufferBytes;
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Runnable writableListener = () -> {};
    private volatile boolean closed;
    /** The loop does not take from it any more. */
    private volatile boolean released;

    private volatile boolean mustWait;

    /** @param bufferBytes agent audio that may wait; twice as much and the bot is cut */
    Seat(PlaybackFeeder feeder, AgentLine line, long bufferBytes) {
        this.feeder = feeder;
        this.line = line;
        this.bufferBytes = bufferBytes;
    }

    @Override
    public void taken(AgentLeg leg) {
        if (closed) {
            leg.end("the call has no place for it any more");
            return;
        }
        putAlways(new Message.Taken(leg));
        drainIfClosed();
    }

    @Override
    public void refused(String why) {
        putAlways(new Message.Refused(why));
    }

    @Override
    public void left(String why) {
        putAlways(new Message.Left(why));
    }

    @Override
    public void audio(byte[] payload, long epoch) {
        if (closed || payload.length == 0) {
            return;
        }
        feeder.announce(payload.length);
        if (feeder.waitingBytes() > 2 * bufferBytes) {
            feeder.withdraw(payload.length);
            left("does not heed back-pressure: more than " + 2 * bufferBytes + " bytes of its audio wait");
            closed = true;
            return;
        }
        mustWait |= feeder.waitingBytes() >= bufferBytes;
        if (!put(new Message.Audio(payload, epoch))) {
            feeder.withdraw(payload.length);
        }
        drainIfClosed();
    }

    @Override
    public void mark(String name, long epoch) {
        put(new Message.Mark(name, epoch));
    }

    @Override
    public void clear() {
        put(new Message.Clear());
    }

    @Override
    public void bargeIn(BargeInPolicy policy) {
        put(new Message.BargeInAsked(policy));
    }

    @Override
    public void hangUp(String why) {
        put(new Message.HangUp(why));
    }

    @Override
    public void acknowledge(long sequence, long audioPosition) {
        put(new Message.Acknowledged(sequence, audioPosition));
    }

    @Override
    public void keep(byte[] context) {
        put(new Message.Context(context));
    }

    @Override
    public boolean isWritable() {
        return !mustWait;
    }

    @Override
    public void onWritable(Runnable listener) {
        writableListener = listener;
    }

    /** Null: none. Media loop, as what follows. */
    @Nullable
    Message poll() {
        Message message = messages.poll();
        if (message != null) {
            waiting.decrementAndGet();
        }
        return message;
    }

    /** Half of what may wait has been played: the source may go on. */
    void tellWhenWritable() {
        if (mustWait && feeder.waitingBytes() <= bufferBytes / 2) {
            mustWait = false;
            writableListener.run();
        }
    }

    boolean mustWait() {
        return mustWait;
    }

    /** Nobody listens any more. */
    void close() {
        closed = true;
        released = true;
        for (Message message = poll(); message != null; message = poll()) {
            if (message instanceof Message.Audio audio) {
                feeder.withdraw(audio.payload.length);
            }
            if (message instanceof Message.Taken(AgentLeg leg)) {
                leg.end("the call has no place for it any more");
            }
        }
    }

    /** False: ignored. */
    private boolean put(Message message) {
        if (closed) {
            return false;
        }
        if (waiting.get() >= MAX_MESSAGES) {
            closed = true;
            putAlways(new Message.Left("more than " + MAX_MESSAGES + " messages at once"));
            return false;
        }
        putAlways(message);
        return true;
    }

    /** It may have been closed by the loop in the middle of a put: then nobody else takes what was put. */
    private void drainIfClosed() {
        if (released) {
            close();
        }
    }

    private void putAlways(Message message) {
        messages.add(message);
        if (waiting.getAndIncrement() == 0) {
            line.wake();
        }
    }
}
