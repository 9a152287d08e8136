package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Finds out who holds a lock that we did not get: by the holder's own file, else by the kernel's table of locks. */
final class LockHolder {

    /** A holder writes its details just after it got the lock; two that start at once need this long at most. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final HostProcesses processes;
    private final Path lockFile;
    private final OwnerFile ownerFile;

    LockHolder(HostProcesses processes, Path lockFile, OwnerFile ownerFile) {
        this.processes = processes;
        this.lockFile = lockFile;
        this.ownerFile = ownerFile;
    }

    WorkerGuard.HeldByOther describe(Path dataDir) {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        Optional<OwnerDetails> owner = ownerFile.read();
        while (owner.filter(this::lives).isEmpty() && System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
            owner = ownerFile.read();
        }
        if (owner.filter(this::lives).isEmpty()) {
            owner = byKernel(dataDir).or(ownerFile::read);
        }
        boolean lives = owner.filter(this::lives).isPresent();
        String who = owner.map(OwnerDetails::sentence).orElse("a process that left no name")
                + (lives ? "" : ", which cannot be seen from here (another container or host?)");
        return new WorkerGuard.HeldByOther(
                "data directory " + dataDir + " is in use by " + who + ": one data directory has one live worker; "
                        + "stop that one, or give this one its own STEADYLINE_DATA_DIR",
                owner,
                lives);
    }

    private boolean lives(OwnerDetails owner) {
        return processes.lives(owner.pid(), owner.startTicks());
    }

    private Optional<OwnerDetails> byKernel(Path dataDir) {
        OptionalLong pid = pidByKernel();
        return pid.isEmpty()
                ? Optional.empty()
                : processes
                        .find(pid.getAsLong())
                        .map(holder -> OwnerDetails.of(holder, processes.parents(holder.pid()), dataDir));
    }

    /** Lines like {@code 1: FLOCK  ADVISORY  WRITE 8665 08:01:123456 0 EOF}. */
    private OptionalLong pidByKernel() {
        try {
            String end = ":" + Files.getAttribute(lockFile, "unix:ino");
            return Files.readAllLines(processes.proc().resolve("locks"), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 5 && words[1].equals("FLOCK") && words[5].endsWith(end))
                    .mapToLong(words -> Long.parseLong(words[4]))
                    .filter(pid -> pid > 0)
                    .findFirst();
        } catch (IOException | RuntimeException unreadable) {
            return OptionalLong.empty();
        }
    }
}
