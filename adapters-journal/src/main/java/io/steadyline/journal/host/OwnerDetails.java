package io.steadyline.journal.host;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a data directory, as the holder itself wrote it down.
 *
 * @param startTicks see {@link HostProcess#startTicks}; 0: unknown
 * @param parents command names, nearest first
 * @param bootId of the boot that holds it
 */
public record OwnerDetails(
        long pid,
        long startTicks,
        Instant startedAt,
        String commandLine,
        List<String> parents,
        String bootId,
        String dataDir) {

    public OwnerDetails {
        parents = List.copyOf(parents);
    }

    /** This process. */
    public static OwnerDetails ofThisProcess(Path dataDir, String bootId) {
        HostProcesses processes = new HostProcesses();
        long pid = ProcessHandle.current().pid();
        Optional<HostProcess> me = processes.find(pid);
        return new OwnerDetails(
                pid,
                me.map(HostProcess::startTicks).orElse(0L),
                me.map(HostProcess::startedAt).orElseGet(Instant::now),
                me.map(HostProcess::commandLine).orElse("java"),
                HostProcesses.names(processes.parents(pid)),
                bootId,
                dataDir.toAbsolutePath().toString());
    }

    static OwnerDetails of(HostProcess holder, List<HostProcess> parents, Path dataDir) {
        return new OwnerDetails(
                holder.pid(),
                holder.startTicks(),
                holder.startedAt(),
                holder.commandLine(),
                HostProcesses.names(parents),
                "",
                dataDir.toAbsolutePath().toString());
    }

    /** "pid 123 (java -jar …, since 2026-01-01 00:00:00Z, child of bash <- sshd)". */
    String sentence() {
        String chain = HostProcesses.childOf(parents);
        return "pid " + pid + " (" + Shown.text(commandLine) + ", since " + Shown.moment(startedAt)
                + (chain.isEmpty() ? "" : ", " + chain) + ")";
    }
}
