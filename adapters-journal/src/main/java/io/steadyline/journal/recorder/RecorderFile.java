package io.steadyline.journal.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/** The recorder's file: found or made, every byte of it allocated, then mapped. */
final class RecorderFile {

    private static final int HEADER_BYTES = 32;
    private static final int CHUNK_BYTES = 256 * 1024;

    /**
     * The file is there and mapped.
     *
     * @param wasThere false: made anew, all zero
     * @param wholeBytes up to here the content is what a boot left; beyond, the file had been cut
     */
    record Mapped(ByteBuffer memory, boolean wasThere, long wholeBytes) {}

    private final Path file;
    private final int pages;

    RecorderFile(Path file, int pages) {
        this.file = file;
        this.pages = pages;
    }

    /** @throws IOException there is no way to a durable recorder; the message says why */
    Mapped map(List<String> damage) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (exists) {
            OwnFiles.requireOwnRegularFile(file);
            String complaint = complaint();
            if (!complaint.isEmpty()) {
                Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                damage.add("the recorder's file " + complaint + "; it lies in " + aside + ", a new one is begun");
                exists = false;
            }
        }
        if (!exists) {
            create();
        }
        return open(exists, damage);
    }

    /** What is wrong with the header of the file that is there; empty when nothing is. */
    private String complaint() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // Until it is whole, or the file is over.
            }
            if (header.hasRemaining() || channel.size() < Layout.SYSTEM_PAGE) {
                return "has only " + channel.size() + " bytes";
            }
        }
        if (header.getLong(0) != Layout.MAGIC || header.getInt(28) != checksum(header)) {
            return "has a damaged header";
        }
        if (header.getInt(8) != Layout.VERSION) {
            return "has layout " + header.getInt(8) + " (expected " + Layout.VERSION + "): its calls are lost";
        }
        if (header.getInt(12) != Layout.PAGE_BYTES || header.getInt(16) != pages) {
            return "has layout " + Layout.VERSION + " with " + header.getInt(16) + " pages of " + header.getInt(12)
                    + " bytes (expected " + pages + " of " + Layout.PAGE_BYTES + "): its calls are lost";
        }
        return "";
    }

    /** Under another name first, so that a death in between leaves no half of a file. */
    private void create() throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(OwnFiles.FILE_MODE))) {
            fill(channel, 0);
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            header.putLong(0, Layout.MAGIC);
            header.putInt(8, Layout.VERSION);
            header.putInt(12, Layout.PAGE_BYTES);
            header.putInt(16, pages);
            header.putLong(20, Layout.fileBytes(pages));
            header.putInt(28, checksum(header));
            write(channel, header, 0);
        } catch (IOException full) {
            Files.deleteIfExists(unfinished);
            throw full;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Mapped open(boolean wasThere, List<String> damage) throws IOException {
        long bytes = Layout.fileBytes(pages);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(file, OwnFiles.FILE_MODE);
            long whole = Math.min(bytes, channel.size());
            if (channel.size() != bytes) {
                damage.add("the recorder's file has " + channel.size() + " bytes (expected " + bytes + ")"
                        + (whole < bytes ? ": what lay beyond is lost" : ""));
                channel.truncate(bytes);
            }
            if (wasThere) {
                fillHoles(channel, whole);
            }
            fill(channel, whole);
            ByteBuffer memory = channel.map(MapMode.READ_WRITE, 0, bytes).load().order(ByteOrder.LITTLE_ENDIAN);
            return new Mapped(memory, wasThere, whole);
        }
    }

    /** Zeros up to the end. A hole instead would be found out by the media loop's first store to it, on a full disk. */
    private void fill(FileChannel channel, long from) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
        long bytes = Layout.fileBytes(pages);
        for (long at = from; at < bytes; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(CHUNK_BYTES, bytes - at));
            write(channel, zeros, at);
        }
    }

    /** Writes what is there over itself: a copy of the file, such as a restored one, may have holes where zeros were. */
    private static void fillHoles(FileChannel channel, long whole) throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long at = 0; at < whole; at += content.limit()) {
            content.clear().limit((int) Math.min(CHUNK_BYTES, whole - at));
            while (content.hasRemaining()) {
                if (channel.read(content, at + content.position()) < 0) {
                    throw new IOException("the recorder's file ended at " + (at + content.position()) + " while read");
                }
            }
            write(channel, content.flip(), at);
        }
    }

    private static void write(FileChannel channel, ByteBuffer from, long at) throws IOException {
        long where = at;
        while (from.hasRemaining()) {
            where += channel.write(from, where);
        }
    }

    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, 28));
        return (int) crc.getValue();
    }
}
