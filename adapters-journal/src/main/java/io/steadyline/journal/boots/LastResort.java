package io.steadyline.journal.boots;

import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to end the process at once when living on would be worse: a process without direct memory or threads answers
 * nobody and dies of nothing, and {@code -XX:+ExitOnOutOfMemoryError} does not see either. The reason is noted first.
 *
 * <p>One daemon thread is started at once and waits, because when it is needed no thread may be to be had, and because the
 * caller may hold a lock or be interrupted. Any thread may call; shutdown hooks do not run.
 */
public final class LastResort {

    /** Exit code of an own decision to end: "internal software error" of {@code sysexits.h}, and in nobody else's use here. */
    public static final int EXIT_OWN_DECISION = 70;

    /** A note takes microseconds; a disk that hangs must not keep us alive. */
    private static final Duration NOTE_LIMIT = Duration.ofSeconds(2);

    private final LifeLog life;
    private final IntConsumer halt;
    private final AtomicReference<@Nullable OwnDecision> decision = new AtomicReference<>();
    private final CountDownLatch decided = new CountDownLatch(1);
    private final CountDownLatch noted = new CountDownLatch(1);

    /** @param halt ends the process: {@code Runtime.getRuntime()::halt} */
    public LastResort(LifeLog life, IntConsumer halt) {
        this.life = life;
        this.halt = halt;
        Thread.ofPlatform().name("last-resort").daemon().start(this::waitAndDie);
    }

    private void waitAndDie() {
        awaitDecision();
        OwnDecision made = decision.get();
        if (made != null) {
            life.note(made);
        }
        noted.countDown();
        halt.accept(EXIT_OWN_DECISION);
    }

    /** A stray interrupt does not end the wait: nobody has a reason for one, and this thread has one to stay. */
    private void awaitDecision() {
        boolean made = false;
        while (!made) {
            try {
                decided.await();
                made = true;
            } catch (InterruptedException _) {
                made = decided.getCount() == 0;
            }
        }
    }

    /** Ends the process with {@link #EXIT_OWN_DECISION}; does not return, unless {@code halt} does. The first reason counts. */
    public void die(OwnReason reason, String detail) {
        if (decision.compareAndSet(null, new OwnDecision(Instant.now(), reason, detail))) {
            decided.countDown();
        }
        awaitNote();
        halt.accept(EXIT_OWN_DECISION);
    }

    /** The limit holds for an interrupted caller too. */
    private void awaitNote() {
        long deadlineNs = System.nanoTime() + NOTE_LIMIT.toNanos();
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = noted.await(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)
                        || deadlineNs - System.nanoTime() <= 0;
            } catch (InterruptedException impatient) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process if this failure, or what caused it, is one that it cannot live on with. */
    public void dieIfFatal(Throwable failure) {
        reasonOf(failure).ifPresent(reason -> die(reason, String.valueOf(failure)));
    }

    public static boolean isFatal(Throwable failure) {
        return reasonOf(failure).isPresent();
    }

    /**
     * By the words of the JDK: "Cannot reserve … bytes of direct buffer memory" and "unable to create native thread".
     * Exhaustion of the heap is not among them: the Java machine itself ends then, with exit code 3.
     */
    static Optional<OwnReason> reasonOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 16; depth++) {
            if (cause instanceof OutOfMemoryError && cause.getMessage() != null) {
                String words = cause.getMessage().toLowerCase(Locale.ROOT);
                if (words.contains("direct buffer memory")) {
                    return Optional.of(OwnReason.DIRECT_MEMORY);
                }
                if (words.contains("native thread")) {
                    return Optional.of(OwnReason.THREADS);
                }
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
