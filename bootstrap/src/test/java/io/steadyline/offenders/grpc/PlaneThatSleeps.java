package io.steadyline.offenders.grpc;

/** Sleeps instead of being called. */
public final class PlaneThatSleeps {
    void retry() throws InterruptedException {
        Thread.sleep(100);
    }
}
