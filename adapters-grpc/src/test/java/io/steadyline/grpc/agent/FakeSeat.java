package io.steadyline.grpc.agent;

import io.steadyline.grpc.Waits;
import io.steadyline.port.AgentLeg;
import io.steadyline.port.AgentSeat;
import io.steadyline.turn.BargeInPolicy;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A call's place for a bot that remembers, in words, what the bot said. */
final class FakeSeat implements AgentSeat {

    final List<String> said = new CopyOnWriteArrayList<>();
    final CompletableFuture<AgentLeg> leg = new CompletableFuture<>();
    final CompletableFuture<String> refused = new CompletableFuture<>();
    final CompletableFuture<String> left = new CompletableFuture<>();
    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    /** What the call does with its bot at once. */
    volatile Consumer<AgentLeg> onTaken = taker -> {};

    private volatile Runnable listener = () -> {};
    private volatile boolean writable = true;

    AgentLeg leg() {
        return Waits.on(leg);
    }

    void isWritable(boolean now) {
        writable = now;
        if (now) {
            listener.run();
        }
    }

    synchronized byte[] audio() {
        return audio.toByteArray();
    }

    @Override
    public void taken(AgentLeg taker) {
        leg.complete(taker);
        onTaken.accept(taker);
    }

    @Override
    public void refused(String why) {
        refused.complete(why);
    }

    @Override
    public void left(String why) {
        left.complete(why);
    }

    @Override
    public synchronized void audio(byte[] payload, long epoch) {
        audio.writeBytes(payload);
        said.add("audio " + payload.length + " in " + epoch);
    }

    @Override
    public void mark(String name, long epoch) {
        said.add("mark " + name + " in " + epoch);
    }

    @Override
    public void clear() {
        said.add("clear");
    }

    @Override
    public void bargeIn(BargeInPolicy policy) {
        said.add("barge-in " + policy.enabled() + " after " + policy.after().toMillis() + " greeting "
                + policy.duringGreeting());
    }

    @Override
    public void hangUp(String why) {
        said.add("hang up " + why);
    }

    @Override
    public void acknowledge(long sequence, long audioPosition) {
        said.add("done " + sequence + " " + audioPosition);
    }

    @Override
    public void keep(byte[] context) {
        said.add("keep " + context.length);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void onWritable(Runnable whenWritable) {
        listener = whenWritable;
    }
}
