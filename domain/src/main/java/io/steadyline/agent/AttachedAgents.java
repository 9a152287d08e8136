package io.steadyline.agent;

import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Agents in processes of their own, through one door. Operators look at them, and move them, from any thread. */
public final class AttachedAgents implements AgentProvider, AutoCloseable {

    private final AgentDoor door;
    private final AgentSettings settings;
    private final Function<CallFacts, String> traceparents;
    private final boolean greets;
    private final Map<CallId, Attachment> attachments = new ConcurrentHashMap<>();
    private final Map<CallId, AttachmentView> views = new ConcurrentHashMap<>();

    /**
     * @param greets the gateway plays the configured greeting before the bot's first word
     * @param traceparents W3C trace context of a call; empty when it is not traced
     */
    public AttachedAgents(
            AgentDoor door, AgentSettings settings, boolean greets, Function<CallFacts, String> traceparents) {
        this.door = door;
        this.settings = settings;
        this.greets = greets;
        this.traceparents = traceparents;
    }

    @Override
    public String name() {
        return door.name();
    }

    @Override
    public boolean wantsGreeting() {
        return greets;
    }

    @Override
    public boolean isInterruptible() {
        return door.isInterruptible();
    }

    @Override
    public boolean attachesAtOnce() {
        return false;
    }

    @Override
    public AgentSession attach(CallFacts facts, AgentLine line) {
        CallId callId = facts.callId();
        Attachment attachment = new Attachment(
                facts,
                traceparents.apply(facts),
                line,
                door,
                settings,
                view -> views.put(callId, view),
                ended -> forget(callId, ended));
        attachments.put(callId, attachment);
        return attachment;
    }

    private void forget(CallId callId, Attachment ended) {
        attachments.remove(callId, ended);
        views.remove(callId);
    }

    /** Bots are told that the process stops. */
    @Override
    public void close() {
        door.close();
    }

    /** Calls and their bots. Any thread. */
    public Collection<AttachmentView> views() {
        return List.copyOf(views.values());
    }

    /** Asks that this bot take the call; false when there is no such call. Any thread. */
    public boolean move(CallId callId, String bot) {
        Attachment attachment = attachments.get(callId);
        if (attachment == null) {
            return false;
        }
        attachment.moveTo(bot);
        return true;
    }
}
