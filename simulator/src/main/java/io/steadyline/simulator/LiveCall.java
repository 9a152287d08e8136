package io.steadyline.simulator;

import java.util.concurrent.CompletableFuture;

/** A call that has been dialled. Any thread; what is asked for after its end has no effect. */
public interface LiveCall {

    CallPlan plan();

    /** Completes when the call has ended, however it did; never exceptionally. */
    CompletableFuture<CallReport> report();

    /** Before the plan would. */
    void hangUp(HangUp style);

    /** As if the plan's duration were over now: the drain begins, if the plan has one, then the plan's hang-up. */
    void finish();

    /** The peer stands still, until {@link #thaw}; see {@link Freeze}. Nothing to a stream that is not up. */
    void freeze(Freeze.Side side);

    void thaw();

    /** Presses a key now. */
    void press(char key);
}
