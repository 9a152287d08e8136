package io.steadyline.testkit;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bot that does what the test tells it, and remembers what it was told. */
public final class FakeAgent implements AgentProvider {

    private final List<Session> sessions = new ArrayList<>();
    private boolean wantsGreeting = true;
    private boolean interruptible = true;
    private Consumer<AgentLine> onAttach = line -> {};
    private BiConsumer<Session, AgentEvent> onEvent = (session, event) -> {};
    private BiConsumer<Session, AudioFrame> onFrame = (session, frame) -> {};

    public void speaksFirst() {
        wantsGreeting = false;
    }

    /** As one that sends back what the caller says. */
    public void isNeverInterrupted() {
        interruptible = false;
    }

    /** What it does while it is being attached. */
    public void whenAttached(Consumer<AgentLine> action) {
        onAttach = action;
    }

    /** What it does at each event, on the media loop. */
    public void whenTold(BiConsumer<Session, AgentEvent> action) {
        onEvent = action;
    }

    /** What it does at each frame of the caller, on the media loop. */
    public void whenHearing(BiConsumer<Session, AudioFrame> action) {
        onFrame = action;
    }

    @Override
    public String name() {
        return "fake-agent";
    }

    @Override
    public boolean wantsGreeting() {
        return wantsGreeting;
    }

    @Override
    public boolean isInterruptible() {
        return interruptible;
    }

    @Override
    public Session attach(CallFacts facts, AgentLine line) {
        onAttach.accept(line);
        Session session = new Session(this, facts, line);
        sessions.add(session);
        return session;
    }

    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** The latest one. */
    public Session session() {
        return sessions.getLast();
    }

    /** One call as the bot sees it. */
    public static final class Session implements AgentSession {

        private final FakeAgent owner;
        private final CallFacts facts;
        private final AgentLine line;
        private final List<AudioFrame> heard = new ArrayList<>();
        private final List<AgentEvent> events = new ArrayList<>();
        private long nextNumber;
        private @Nullable String detachedWhy;

        private Session(FakeAgent owner, CallFacts facts, AgentLine line) {
            this.owner = owner;
            this.facts = facts;
            this.line = line;
        }

        public AgentLine line() {
            return line;
        }

        public CallFacts facts() {
            return facts;
        }

        /** Offers so many frames of the current epoch, numbered on over the whole call; all must be taken. */
        public void plays(int frames) {
            for (int i = 0; i < frames; i++) {
                OfferOutcome outcome = offers();
                if (outcome != OfferOutcome.ACCEPTED) {
                    throw new AssertionError("frame " + (nextNumber - 1) + " of the agent: " + outcome);
                }
            }
        }

        /** Offers one frame. */
        public OfferOutcome offers() {
            return line.offer(Frames.numbered(nextNumber++), line.epoch());
        }

        public OfferOutcome marks(String name) {
            return line.mark(name, line.epoch());
        }

        public OfferOutcome endsPlayback() {
            return line.endPlayback(line.epoch());
        }

        @Override
        public void onCallerFrame(AudioFrame frame) {
            requireAttached(frame);
            heard.add(frame);
            owner.onFrame.accept(this, frame);
        }

        @Override
        public void on(AgentEvent event) {
            requireAttached(event);
            events.add(event);
            owner.onEvent.accept(this, event);
        }

        @Override
        public void detach(String why) {
            requireAttached("detach");
            detachedWhy = why;
        }

        public List<AudioFrame> heard() {
            return List.copyOf(heard);
        }

        public List<AgentEvent> events() {
            return List.copyOf(events);
        }

        public <T extends AgentEvent> List<T> events(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        /** Null while attached. */
        public @Nullable String detachedWhy() {
            return detachedWhy;
        }

        private void requireAttached(Object told) {
            if (detachedWhy != null) {
                throw new AssertionError("told " + told + " after it was detached");
            }
        }
    }
}
