package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data directory has one live worker. The guard is a lock on {@code worker.lock}, a file that nobody else opens; the
 * kernel frees it with the process, however that ends. Who holds it stands in {@code worker.owner}.
 *
 * <p>Any thread. {@link #check} is to be called once a second: a lock on a deleted file guards nothing, and the kernel
 * does not tell.
 */
public final class WorkerGuard implements AutoCloseable {

    /** What came of the attempt. */
    public sealed interface Outcome {}

    /** This process is the one. The warning says why the lock may not be worth much here; empty when it is. */
    public record Acquired(WorkerGuard guard, Optional<String> warning) implements Outcome {}

    /**
     * Another process is the one.
     *
     * @param sentence for the log: who, since when, and what can be done
     * @param owner as far as it could be found out
     * @param ownerLives its process can be seen from here; if not, it holds the lock all the same
     */
    public record HeldByOther(String sentence, Optional<OwnerDetails> owner, boolean ownerLives) implements Outcome {}

    /** There is no guard to be had here; the sentence says why. */
    public record Unavailable(String sentence) implements Outcome {}

    /** How the guard is now. */
    public enum Standing {
        OURS,
        /** The file was deleted or replaced. Nobody had it yet, and it is ours again. */
        TAKEN_AGAIN,
        /** The file cannot be looked at now. The lock is held as far as is known. */
        UNKNOWN,
        /** Another process is the one now: this one has to end (LOCK_LOST). */
        LOST
    }

    /** The sentence is empty when all is well. */
    public record Check(Standing standing, String sentence) {
        private static final Check ALL_WELL = new Check(Standing.OURS, "");
    }

    static final String LOCK_FILE = "worker.lock";
    static final String OWNER_FILE = "worker.owner";

    /** Locks there are between hosts, and depend on a server that may forget them. */
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs");

    private static final Logger log = LoggerFactory.getLogger(WorkerGuard.class);

    private final Path dataDir;
    private final OwnerDetails me;
    private final OwnerFile ownerFile;
    private @Nullable LockFile lock;
    private boolean lost;

    private WorkerGuard(Path dataDir, OwnerDetails me, OwnerFile ownerFile, LockFile lock) {
        this.dataDir = dataDir;
        this.me = me;
        this.ownerFile = ownerFile;
        this.lock = lock;
    }

    /** Takes at most half a second. The directory is made where it is not there. */
    public static Outcome acquire(Path dataDir, OwnerDetails me) {
        try {
            Files.createDirectories(dataDir);
            OwnerFile ownerFile = new OwnerFile(dataDir.resolve(OWNER_FILE));
            Path lockFile = dataDir.resolve(LOCK_FILE);
            Optional<LockFile> lock = LockFile.tryTake(lockFile);
            if (lock.isEmpty()) {
                return new LockHolder(new HostProcesses(), lockFile, ownerFile).describe(dataDir);
            }
            WorkerGuard guard = new WorkerGuard(dataDir, me, ownerFile, lock.get());
            guard.writeOwner();
            return new Acquired(guard, remoteWarning(dataDir));
        } catch (IOException | RuntimeException | LinkageError refused) {
            return new Unavailable("data directory " + dataDir + " cannot be guarded against a second worker: "
                    + Shown.reason(refused));
        }
    }

    /** False: this process has to end, for another one has its data directory. */
    public boolean isStillOurs() {
        return check().standing() != Standing.LOST;
    }

    /** Looks at the path, and takes a deleted lock file again. Some microseconds when all is well. */
    public synchronized Check check() {
        LockFile held = lock;
        if (lost || held == null) {
            return new Check(Standing.LOST, "the lock of data directory " + dataDir + " is not held any more");
        }
        try {
            return held.isUnderThePath() ? Check.ALL_WELL : takeAgain(held);
        } catch (IOException | RuntimeException unreadable) {
            return new Check(
                    Standing.UNKNOWN,
                    "the lock of data directory " + dataDir + " cannot be checked: " + Shown.reason(unreadable));
        }
    }

    private Check takeAgain(LockFile old) throws IOException {
        Optional<LockFile> again = LockFile.tryTake(dataDir.resolve(LOCK_FILE));
        if (again.isEmpty()) {
            lost = true;
            String other = ownerFile.read().map(OwnerDetails::sentence).orElse("another process");
            return new Check(
                    Standing.LOST,
                    "the lock file of data directory " + dataDir + " was deleted, and " + other
                            + " has taken it since");
        }
        old.close();
        lock = again.get();
        writeOwner();
        return new Check(
                Standing.TAKEN_AGAIN,
                "the lock file of data directory " + dataDir + " was deleted; it is locked again");
    }

    /** Frees the directory for the next one. May be called twice. */
    @Override
    public synchronized void close() {
        LockFile held = lock;
        if (held == null) {
            return;
        }
        lock = null;
        if (!lost) {
            try {
                // Before the lock goes: after that the file may be the next one's.
                ownerFile.delete();
            } catch (IOException kept) {
                log.debug("worker.owner stays: {}", Shown.reason(kept));
            }
        }
        held.close();
    }

    /** The details are for people only: the lock holds without them. */
    private void writeOwner() {
        try {
            ownerFile.write(me);
        } catch (IOException | RuntimeException unwritten) {
            log.warn("{}: not written: {}", dataDir.resolve(OWNER_FILE), Shown.reason(unwritten));
        }
    }

    private static Optional<String> remoteWarning(Path dataDir) throws IOException {
        String type = Files.getFileStore(dataDir).type().toLowerCase(Locale.ROOT);
        return REMOTE.contains(type) || type.startsWith("fuse.")
                ? Optional.of("data directory " + dataDir + " is on a " + type + " file system: its locks depend on a "
                        + "server, so a second worker on another host may go unnoticed; use a local disk")
                : Optional.empty();
    }
}
