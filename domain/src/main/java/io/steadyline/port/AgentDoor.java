package io.steadyline.port;

import io.steadyline.signal.CallFacts;
import java.util.Optional;

/** A way to bots that live in processes of their own: gRPC, or the media socket of an existing bot. */
public interface AgentDoor extends AutoCloseable {

    /** Short stable name, used in configuration, metrics and traces. */
    String name();

    /** Caller speech may silence its bots, by the call's barge-in policy. False where bots do that themselves. */
    boolean isInterruptible();

    /**
     * Looks for a bot for one call. Media loop; returns at once and never throws. Unless it is cancelled, the search ends
     * with one {@link AgentSeat#taken} or {@link AgentSeat#refused}, on any thread, perhaps before this returns.
     *
     * @param seat of this search alone: what the bot that is found says goes there
     */
    Search seek(Wanted wanted, AgentSeat seat);

    /** No more searches; bots are told. Bounded by a second. */
    @Override
    void close();

    /** A search that is under way. */
    interface Search {

        /** Nobody is wanted any more. Media loop; returns at once; without effect when the search has ended. */
        void cancel();
    }

    /**
     * What is looked for.
     *
     * @param traceparent W3C trace context of the call; empty when it is not traced
     * @param preferred the bot that had the call before
     * @param resumed the call had a bot before, here or at a gateway before this one: it is not to be greeted
     * @param only no other bot than this will do, because an operator moves the call to it
     */
    record Wanted(
            CallFacts facts, String traceparent, Optional<String> preferred, boolean resumed, Optional<String> only) {

        /** For a call that begins. */
        public Wanted(CallFacts facts, String traceparent, Optional<String> preferred, Optional<String> only) {
            this(facts, traceparent, preferred, preferred.isPresent(), only);
        }
    }
}
