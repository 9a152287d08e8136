package io.steadyline.journal.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files in a place where others may write too: nothing that somebody else put there is taken for ours. */
final class OwnFiles {

    static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwx------");

    private OwnFiles() {}

    /** User id of this process. */
    static int uid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    static void requireOwnRegularFile(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no regular file (a link or a directory)");
        }
        requireOwner(file);
    }

    static void requireOwnDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is no directory (a link or a file)");
        }
        requireOwner(directory);
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (!mode.equals(DIRECTORY_MODE)) {
            throw new IOException(directory + " has mode " + PosixFilePermissions.toString(mode) + " (expected "
                    + PosixFilePermissions.toString(DIRECTORY_MODE) + ")");
        }
    }

    private static void requireOwner(Path path) throws IOException {
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(uid())) {
            throw new IOException(path + " belongs to user " + owner + " (expected " + uid() + ")");
        }
    }
}
