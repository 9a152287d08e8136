package io.steadyline.bootstrap.continuity;

import io.steadyline.journal.boots.LastResort;
import io.steadyline.journal.boots.LifeLog;
import io.steadyline.journal.host.StallWatch;
import io.steadyline.journal.host.WorkerGuard;
import io.steadyline.journal.periodic.Periodic;
import io.steadyline.journal.recorder.Recorder;
import io.steadyline.restart.Evidence;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on by itself while the process lives: heartbeat, the lock's check, the watch for stalls. */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration CHECK = Duration.ofSeconds(1);
    /** Shorter ones are told in the log; the notes are for what may have had the process killed. */
    private static final Duration WORTH_A_NOTE = Duration.ofMillis(500);

    private final Periodic checks;
    private final StallWatch stalls;
    private volatile ObjLongConsumer<String> stallListener = (_, _) -> {};

    Pulse(Recorder recorder, Optional<WorkerGuard> guard, LifeLog life, LastResort lastResort) {
        checks = new Periodic("checks", lastResort::dieIfFatal);
        guard.ifPresent(held -> checks.every("lock", CHECK, () -> check(held, lastResort)));
        Runnable heartbeat =
                checks.guarded("heartbeat", () -> recorder.heartbeat(System.currentTimeMillis(), System.nanoTime()));
        stalls = StallWatch.start(heartbeat, stall -> {
            stallListener.accept(
                    stall.kind().name().toLowerCase(Locale.ROOT), stall.length().toMillis());
            LOG.warn("{}", stall.sentence());
            if (stall.length().compareTo(WORTH_A_NOTE) >= 0) {
                // On a thread that may wait for a disk.
                checks.once(
                        "note of a stall",
                        () -> life.note(new Evidence.Stalled(stall.at(), stall.length(), stall.sentence())));
            }
        });
    }

    /** @param listener is told the kind and the length in ms */
    void onStall(ObjLongConsumer<String> listener) {
        stallListener = listener;
    }

    /** More of the kind, each second. */
    void everySecond(String name, Periodic.Task task) {
        checks.every(name, CHECK, task);
    }

    private static void check(WorkerGuard guard, LastResort lastResort) {
        WorkerGuard.Check check = guard.check();
        switch (check.standing()) {
            case OURS -> {
                // As it should be.
            }
            case TAKEN_AGAIN, UNKNOWN -> LOG.warn("{}", check.sentence());
            case LOST -> {
                LOG.error("{}", check.sentence());
                lastResort.die(Evidence.OwnReason.LOCK_LOST, check.sentence());
            }
        }
    }

    @Override
    public void close() {
        stalls.close();
        checks.close();
    }
}
