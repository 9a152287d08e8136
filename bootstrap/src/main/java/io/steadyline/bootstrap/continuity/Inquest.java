package io.steadyline.bootstrap.continuity;

import io.steadyline.journal.boots.BootStore;
import io.steadyline.journal.boots.Forensics;
import io.steadyline.journal.boots.Life;
import io.steadyline.journal.boots.RecorderFacts;
import io.steadyline.journal.calls.CallJournal;
import io.steadyline.journal.custody.Custody;
import io.steadyline.journal.custody.ObituaryEvidence;
import io.steadyline.journal.host.HostEvidence;
import io.steadyline.journal.host.HostEvidence.DeadBoot;
import io.steadyline.journal.host.MemoryGroup;
import io.steadyline.journal.recorder.Previous;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a boot ended, from all that it left: its notes, the recorder, the witnesses, the machine. The thread that starts the
 * gateway.
 *
 * @param left by the recorder's last user, who may be another boot than the one that is asked about
 */
record Inquest(Path dataDir, Custody custody, BootStore boots, CallJournal journal, Optional<Previous> left) {

    BootReport report(Life ended) {
        BootIdentity boot = ended.boot();
        RecorderFacts facts = left.filter(previous -> previous.bootId().equals(boot.bootId()))
                .map(Inquest::facts)
                .orElse(RecorderFacts.NONE);
        List<Evidence> found = new ArrayList<>();
        custody.obituaryOf(boot, dataDir).ifPresent(obituary -> found.addAll(ObituaryEvidence.of(obituary)));
        Instant endedAt = facts.lastHeartbeat().orElse(boot.startedAt());
        HostEvidence host = new HostEvidence(dataDir, List.of(Path.of(""), Path.of("/tmp")));
        MemoryGroup.Counts memoryNoted = MemoryGroup.Counts.noted(ended.notes());
        found.addAll(host.gather(new DeadBoot(boot, endedAt, memoryNoted, programFiles())));
        return Forensics.investigate(
                ended, found, facts, journal.archive().openCallsOf(boot.bootId()), boots.current(), Instant.now());
    }

    private static RecorderFacts facts(Previous previous) {
        return new RecorderFacts(
                Optional.of(previous.lastHeartbeat()),
                previous.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                previous.calls(),
                previous.lastLines(),
                previous.damage());
    }

    private static List<Path> programFiles() {
        Path program = Path.of(System.getProperty("java.class.path", ""));
        return Files.isRegularFile(program) ? List.of(program) : List.of();
    }
}
