package io.steadyline.simulator.voice;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time of one phone call, and its end: all waits of the call are cut short by it. Any thread; waits block. */
final class CallClock {

    private final long beganNs = System.nanoTime();
    private final long durationNs;
    private final CompletableFuture<Boolean> isHungUp = new CompletableFuture<>();

    CallClock(Duration duration) {
        durationNs = duration.toNanos();
    }

    double elapsedMs() {
        return (System.nanoTime() - beganNs) / 1e6;
    }

    /** Until the caller hangs up; zero when that time has come. */
    Duration remaining() {
        long leftNs = durationNs - (System.nanoTime() - beganNs);
        return Duration.ofNanos(isHungUp.isDone() ? 0 : Math.max(0, leftNs));
    }

    boolean isOver() {
        return remaining().isZero();
    }

    void hangUp() {
        isHungUp.complete(true);
    }

    /** Whether the call was ended before its time. */
    boolean isHungUp() {
        return isHungUp.isDone();
    }

    /** False when the call is over. */
    boolean pause(Duration length) {
        Duration left = remaining();
        long waitNs = Math.min(length.toNanos(), left.toNanos());
        try {
            isHungUp.get(waitNs, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return !isOver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            hangUp();
        } catch (ExecutionException e) {
            throw new IllegalStateException("only completed with a value", e);
        }
        return false;
    }

    /** The value when it comes, {@code otherwise} when the caller hangs up before. Not bounded by the duration. */
    <T> T await(CompletableFuture<T> value, T otherwise) {
        return value.applyToEither(isHungUp.thenApply(yes -> otherwise), given -> given)
                .join();
    }
}
