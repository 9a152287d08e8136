package io.steadyline.port;

import io.steadyline.signal.CallFacts;

/** Finds an agent (the bot) for a call. Any thread may call. */
public interface AgentProvider {

    /** Short stable name, used in configuration, metrics and traces. */
    String name();

    /** The gateway plays the configured greeting first; the agent's own audio is refused until all of it is queued. */
    boolean wantsGreeting();

    /** Caller speech may silence it, by the call's barge-in policy. Not for one that sends what the caller says. */
    boolean isInterruptible();

    /** The agent is there as soon as it is asked for; else it says so with {@link AgentLine#attached}. */
    default boolean attachesAtOnce() {
        return true;
    }

    /** Attaches an agent; called by the media loop, so it never blocks and never throws. */
    AgentSession attach(CallFacts facts, AgentLine line);
}
