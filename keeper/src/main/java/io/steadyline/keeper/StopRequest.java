package io.steadyline.keeper;

import io.steadyline.posix.PosixException;
import io.steadyline.posix.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The signals that the keeper gets: each one goes on to the worker, each time that it comes. SIGTERM and SIGINT also mean
 * that no other worker is started; SIGHUP does not.
 *
 * <p>{@link #onSignal} comes on threads of the Java machine, the rest is called by main.
 */
final class StopRequest {

    private final Optional<Duration> timeout;
    private final CountDownLatch asked = new CountDownLatch(1);
    private @Nullable WorkerProcess worker;
    private int signal;
    private Instant askedAt = Instant.EPOCH;
    private boolean killed;

    /** @param timeout from the first signal to stop until SIGKILL; empty: never */
    StopRequest(Optional<Duration> timeout) {
        this.timeout = timeout;
    }

    synchronized void onSignal(int number) {
        if (number != Signals.SIGHUP && signal == 0) {
            signal = number;
            askedAt = Instant.now();
            asked.countDown();
            timeout.ifPresent(this::killAfter);
        }
        passOn(number);
    }

    /** The worker from now on. It is told at once when the stop was asked for before it was there. */
    synchronized void workerIs(WorkerProcess started) {
        worker = started;
        killed = false;
        if (signal != 0) {
            passOn(signal);
        }
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits. True: the stop was asked for meanwhile. */
    boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The first one to stop; 0: none. */
    synchronized int signal() {
        return signal;
    }

    /** The epoch when it was not asked for. */
    synchronized Instant askedAt() {
        return askedAt;
    }

    /** The worker took too long and got SIGKILL. */
    synchronized boolean hasKilled() {
        return killed;
    }

    private void passOn(int number) {
        WorkerProcess to = worker;
        if (to == null) {
            // A stop is remembered; who is only being started has its settings still to read.
            return;
        }
        try {
            String outcome = to.signal(number) ? " goes on to worker " : " came too late for worker ";
            KeeperLog.say(Signals.name(number) + outcome + to.pid());
        } catch (PosixException failed) {
            KeeperLog.say(failed.getMessage());
        }
    }

    private void killAfter(Duration bound) {
        Thread.ofPlatform().daemon().name("keeper-stop-timeout").start(() -> {
            try {
                // Nobody counts this down: the keeper ends with its worker, and this thread with the keeper.
                if (!new CountDownLatch(1).await(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                    kill(bound);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void kill(Duration bound) {
        WorkerProcess late = worker;
        if (late == null) {
            return;
        }
        try {
            killed = late.signal(Signals.SIGKILL);
            KeeperLog.say("worker " + late.pid() + " did not end within " + bound.toSeconds() + " s of "
                    + Signals.name(signal) + ": SIGKILL");
        } catch (PosixException failed) {
            KeeperLog.say(failed.getMessage());
        }
    }
}
