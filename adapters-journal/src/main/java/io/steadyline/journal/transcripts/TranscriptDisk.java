package io.steadyline.journal.transcripts;

import io.steadyline.journal.transcripts.Retention.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the writer needs of a disk; in tests, one that is full. One thread; may wait as long as the disk does. */
interface TranscriptDisk {

    /** All of it behind what is there, or an exception and nothing of it. The file is ours alone to read. */
    void append(Path file, ByteBuffer text) throws IOException;

    List<Stored> files(Path directory) throws IOException;

    void delete(Path file) throws IOException;

    TranscriptDisk REAL = new TranscriptDisk() {

        private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
        private static final Set<PosixFilePermission> OUR_DIRECTORY = PosixFilePermissions.fromString("rwx------");

        @Override
        public void append(Path file, ByteBuffer text) throws IOException {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null && !Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OUR_DIRECTORY));
            }
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(OURS))) {
                long end = channel.size();
                try {
                    for (long at = end; text.hasRemaining(); ) {
                        at += channel.write(text, at);
                    }
                } catch (IOException full) {
                    // Half a line would spoil the next one.
                    channel.truncate(end);
                    throw full;
                }
            }
        }

        @Override
        public List<Stored> files(Path directory) throws IOException {
            List<Stored> stored = new ArrayList<>();
            if (!Files.isDirectory(directory)) {
                return stored;
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + FileNames.SUFFIX)) {
                for (Path file : found) {
                    stat(file, stored);
                }
            }
            return stored;
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        private static void stat(Path file, List<Stored> stored) throws IOException {
            try {
                BasicFileAttributes facts =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (facts.isRegularFile()) {
                    stored.add(new Stored(
                            file, facts.size(), facts.lastModifiedTime().toInstant()));
                }
            } catch (NoSuchFileException gone) {
                // Deleted by somebody else meanwhile: not there is what it is.
                return;
            }
        }
    };
}
