package io.steadyline.signal;

import java.util.Optional;

/** What a call tells its agent, besides the caller's audio. */
public sealed interface AgentEvent {

    /** @param resumption the call was running before; no second greeting */
    record Started(CallFacts facts, Optional<Resumption> resumption) implements AgentEvent {

        /** A call that begins. */
        public Started(CallFacts facts) {
            this(facts, Optional.empty());
        }

        public boolean isResumed() {
            return resumption.isPresent();
        }
    }

    /** A recogniser's event, as it came. */
    record Speech(SpeechEvent event) implements AgentEvent {}

    record Dtmf(char digit, boolean fromAudio) implements AgentEvent {}

    /** @param playedMs audio of the current playback that was sent before this was settled, in ms */
    record MarkSettled(String name, MarkOutcome outcome, long playedMs) implements AgentEvent {}

    /** The caller spoke over the agent; its audio was cleared, {@code epoch} is the new one. */
    record BargedIn(long epoch) implements AgentEvent {}

    /** The agent's own clear is done; {@code epoch} is the new one. */
    record Cleared(long epoch) implements AgentEvent {}

    /** The peer's stream broke; the call may come back. */
    record StreamLost() implements AgentEvent {}

    record Ended(CallEnd end) implements AgentEvent {}
}
