package io.steadyline.journal.host;

import io.steadyline.posix.FileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lock itself: one open descriptor, and the question whether its file is still the one under the path. One owner. */
final class LockFile {

    /** Somebody has to delete the file between our open and our look, each time, to need more than one. */
    private static final int TRIES = 10;

    private final Path path;
    private final int descriptor;

    private LockFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /** Empty: held by somebody else. */
    static Optional<LockFile> tryTake(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int descriptor = FileLocks.open(path);
            boolean keep = false;
            try {
                if (!FileLocks.tryLock(descriptor)) {
                    return Optional.empty();
                }
                LockFile taken = new LockFile(path, descriptor);
                keep = taken.isUnderThePath();
                if (keep) {
                    return Optional.of(taken);
                }
            } finally {
                if (!keep) {
                    FileLocks.close(descriptor);
                }
            }
        }
        throw new IOException(path + ": somebody deletes it again and again");
    }

    /** False: the file was deleted or replaced, and whoever opens the path gets another one. */
    boolean isUnderThePath() throws IOException {
        Object linked = identityOf(path);
        return linked != null && linked.equals(identityOf(Path.of("/proc/self/fd/" + descriptor)));
    }

    void close() {
        FileLocks.close(descriptor);
    }

    /** Device and inode. By stat: nothing is opened. */
    private static @Nullable Object identityOf(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
