package io.steadyline.bootstrap.continuity;

import io.steadyline.bootstrap.config.Choices.Profile;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.journal.host.OwnerDetails;
import io.steadyline.journal.host.Surroundings;
import io.steadyline.journal.host.Surroundings.Severity;
import io.steadyline.journal.host.SurroundingsReader;
import io.steadyline.journal.host.WorkerGuard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the one worker of a data directory.
 *
 * @param guard the lock; empty where there can be none
 * @param notes what an operator should know of it
 * @param parentNames of the processes above this one, nearest first
 */
record WorkerPlace(Optional<WorkerGuard> guard, List<String> notes, List<String> parentNames) {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPlace.class);

    WorkerPlace {
        notes = List.copyOf(notes);
        parentNames = List.copyOf(parentNames);
    }

    /** @throws Refusal another worker has it, or production refuses what is around */
    static WorkerPlace take(Settings settings, String bootId) throws Refusal {
        boolean production = settings.process().profile() == Profile.PRODUCTION;
        Surroundings.Facts around = SurroundingsReader.read();
        lookAround(around, production);
        List<String> notes = new ArrayList<>();
        Optional<WorkerGuard> guard = guard(settings.process().dataDir(), bootId, production, notes);
        return new WorkerPlace(guard, notes, around.parentNames());
    }

    private static void lookAround(Surroundings.Facts around, boolean production) throws Refusal {
        Surroundings.Findings found = Surroundings.evaluate(around);
        for (Surroundings.Objection objection : found.objections()) {
            if (production && objection.severity() == Severity.REFUSED_IN_PRODUCTION) {
                throw new Refusal("production refuses: " + objection.sentence());
            }
            LOG.warn("{}", objection.sentence());
        }
    }

    private static Optional<WorkerGuard> guard(Path dataDir, String bootId, boolean production, List<String> notes)
            throws Refusal {
        return switch (WorkerGuard.acquire(dataDir, OwnerDetails.ofThisProcess(dataDir, bootId))) {
            case WorkerGuard.Acquired(WorkerGuard held, Optional<String> warning) -> {
                warning.ifPresent(sentence -> {
                    LOG.warn("{}", sentence);
                    notes.add(sentence);
                });
                yield Optional.of(held);
            }
            case WorkerGuard.HeldByOther other -> throw new Refusal(other.sentence());
            case WorkerGuard.Unavailable none -> {
                if (production) {
                    throw new Refusal("production refuses: " + none.sentence());
                }
                LOG.warn("{}; going on without a lock", none.sentence());
                notes.add(none.sentence());
                yield Optional.empty();
            }
        };
    }
}
