package io.steadyline.journal.calls;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the writer needs of a disk; in tests, one that is full, slow or broken. */
interface Disk {

    Disk REAL = Disk::createFile;

    /** A new file that only we can read. */
    File create(Path path) throws IOException;

    /** One thread; may wait as long as the disk does. */
    interface File extends Closeable {
        /** All of it, or an exception. */
        void write(ByteBuffer from, long at) throws IOException;

        void truncate(long bytes) throws IOException;

        void force() throws IOException;
    }

    private static File createFile(Path path) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new ChannelFile(channel);
    }

    /** A real one. */
    record ChannelFile(FileChannel channel) implements File {
        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            long where = at;
            while (from.hasRemaining()) {
                where += channel.write(from, where);
            }
        }

        @Override
        public void truncate(long bytes) throws IOException {
            channel.truncate(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
