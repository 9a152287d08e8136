package io.steadyline.signal;

/** What a call tells its agent, besides the caller's audio. */
public sealed interface AgentEvent {

    /** @param resumed the call came back on a new stream; no second greeting */
    record Started(CallFacts facts, boolean resumed) implements AgentEvent {}

    /** A recogniser's event, as it came. */
    record Speech(SpeechEvent event) implements AgentEvent {}

    record Dtmf(char digit, boolean fromAudio) implements AgentEvent {}

    /** @param playedMs audio of the current playback that was sent before this was settled, in ms */
    record MarkSettled(String name, MarkOutcome outcome, long playedMs) implements AgentEvent {}

    /** The caller spoke over the agent; its audio was cleared, {@code epoch} is the new one. */
    record BargedIn(long epoch) implements AgentEvent {}

    /** The peer's stream broke; the call may come back. */
    record StreamLost() implements AgentEvent {}

    record Ended(CallEnd end) implements AgentEvent {}
}
