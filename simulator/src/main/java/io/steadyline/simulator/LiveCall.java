package io.steadyline.simulator;

import java.util.concurrent.CompletableFuture;

/** A call that has been dialled. Any thread; what is asked for after its end has no effect. */
public interface LiveCall {

    CallPlan plan();

    /** Completes when the call has ended, however it did; never exceptionally. */
    CompletableFuture<CallReport> report();

    /** Before the plan would. */
    void hangUp(HangUp style);

    /** Presses a key now. */
    void press(char key);
}
