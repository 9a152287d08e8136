package io.steadyline.journal.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the recorder's file lies, and why there.
 *
 * @param sentence for the log: which place, and for what reason
 */
public record RecorderPlace(Path file, String sentence) {

    private static final Path SHM = Path.of("/dev/shm");

    /** Room that is left to others. A container has 64 MiB there by default, a machine half of its memory. */
    private static final long RESERVE_BYTES = 16L << 20;

    /**
     * The configured place; else a tmpfs when there is one that is ours and has room; else the data directory. The same
     * data directory has the same place in each boot. Counts as memory of the container, {@link RecorderSettings#fileBytes}
     * in all.
     *
     * @param configured taken as it is
     */
    public static RecorderPlace choose(Path dataDir, Optional<Path> configured, RecorderSettings settings) {
        return configured
                .map(file -> new RecorderPlace(file, "recorder in " + file + ": configured"))
                .orElseGet(() -> choose(dataDir, SHM, settings));
    }

    static RecorderPlace choose(Path dataDir, Path shm, RecorderSettings settings) {
        try {
            Path file = inMemory(dataDir, shm, settings.fileBytes());
            return new RecorderPlace(file, "recorder in " + file + ": in memory, where no disk can hold up a call");
        } catch (IOException | SecurityException no) {
            Path file = dataDir.resolve("recorder.slots");
            return new RecorderPlace(
                    file,
                    "recorder in " + file + ": on disk, because " + no.getMessage()
                            + "; a slow disk may hold up calls");
        }
    }

    private static Path inMemory(Path dataDir, Path shm, long bytes) throws IOException {
        if (!Files.isDirectory(shm)) {
            throw new IOException("there is no " + shm);
        }
        FileStore store = Files.getFileStore(shm);
        if (!store.type().equals("tmpfs")) {
            throw new IOException(shm + " is of type " + store.type() + " (expected tmpfs)");
        }
        Path directory = shm.resolve("steadyline-" + OwnFiles.uid());
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OwnFiles.DIRECTORY_MODE));
        } catch (FileAlreadyExistsException there) {
            // Of an earlier boot, or of somebody else: told apart below.
        }
        OwnFiles.requireOwnDirectory(directory);
        Path file = directory.resolve(hash(canonical(dataDir)) + ".slots");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) && store.getUsableSpace() < bytes + RESERVE_BYTES) {
            throw new IOException(shm + " has " + (store.getUsableSpace() >> 10) + " KiB left (expected "
                    + ((bytes + RESERVE_BYTES) >> 10) + ")");
        }
        return file;
    }

    private static Path canonical(Path dataDir) throws IOException {
        return Files.exists(dataDir)
                ? dataDir.toRealPath()
                : dataDir.toAbsolutePath().normalize();
    }

    private static String hash(Path path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException("SHA-256 is missing in this Java machine", everyJdkHasIt);
        }
    }
}
