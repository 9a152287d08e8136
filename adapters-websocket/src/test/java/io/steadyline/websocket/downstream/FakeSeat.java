package io.steadyline.websocket.downstream;

import io.steadyline.port.AgentLeg;
import io.steadyline.port.AgentSeat;
import io.steadyline.turn.BargeInPolicy;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Notes what a bot says, as words; audio that follows audio is one. */
final class FakeSeat implements AgentSeat {

    private static final long PATIENCE_S = 20;

    /** In order: {@code taken}, {@code refused …}, {@code audio 160}, {@code mark …}, {@code clear}, {@code left …}. */
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
    private final BlockingQueue<AgentLeg> legs = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    private final AtomicLong audioBytes = new AtomicLong();
    private final AtomicBoolean inside = new AtomicBoolean();
    private final List<String> faults = new ArrayList<>();
    private volatile boolean writable = true;
    private volatile Runnable onWritable = () -> {};

    AgentLeg leg() throws InterruptedException {
        AgentLeg leg = legs.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (leg == null) {
            throw new AssertionError("no leg; said: " + said);
        }
        return leg;
    }

    String next() throws InterruptedException {
        String word = said.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (word == null) {
            throw new AssertionError("nothing more was said (expected: something within " + PATIENCE_S + " s)");
        }
        return word;
    }

    /** The next that is no audio. */
    String nextBesidesAudio() throws InterruptedException {
        String word = next();
        while (word.startsWith("audio")) {
            word = next();
        }
        return word;
    }

    boolean isSilent() {
        return said.isEmpty();
    }

    synchronized byte[] audio() {
        return audio.toByteArray();
    }

    long audioBytes() {
        return audioBytes.get();
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    void writable(boolean now) {
        writable = now;
        if (now) {
            onWritable.run();
        }
    }

    @Override
    public void taken(AgentLeg leg) {
        say("taken");
        legs.add(leg);
    }

    @Override
    public void refused(String why) {
        say("refused " + why);
    }

    @Override
    public void left(String why) {
        say("left " + why);
    }

    @Override
    public void audio(byte[] payload, long epoch) {
        if (!inside.compareAndSet(false, true)) {
            fault("two threads at once");
        }
        if (epoch != 0) {
            fault("epoch: " + epoch);
        }
        synchronized (this) {
            audio.writeBytes(payload);
        }
        audioBytes.addAndGet(payload.length);
        inside.set(false);
        say("audio " + payload.length);
    }

    @Override
    public void mark(String name, long epoch) {
        say("mark " + name);
    }

    @Override
    public void clear() {
        say("clear");
    }

    @Override
    public void hangUp(String why) {
        say("hang-up " + why);
    }

    @Override
    public void acknowledge(long sequence, long audioPosition) {
        acknowledged.add(sequence + " " + audioPosition);
    }

    /** The next that the bot has dealt with: number of the event, and of the frame. */
    String nextAcknowledged() throws InterruptedException {
        String word = acknowledged.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (word == null) {
            throw new AssertionError("nothing was acknowledged within " + PATIENCE_S + " s");
        }
        return word;
    }

    @Override
    public void keep(byte[] context) {
        fault("keep");
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void onWritable(Runnable listener) {
        onWritable = listener;
    }

    private void say(String word) {
        said.add(word);
    }

    private synchronized void fault(String what) {
        faults.add(what);
    }

    @Override
    public void bargeIn(BargeInPolicy policy) {
        said.add("barge-in " + policy);
    }
}
