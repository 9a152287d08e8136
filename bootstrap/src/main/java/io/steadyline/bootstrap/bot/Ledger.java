package io.steadyline.bootstrap.bot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a bot was told and said, line by line: a line that is written survives {@code kill -9} of the process. Thread-safe.
 *
 * <pre>call id, a word, details…</pre>
 */
public final class Ledger implements AutoCloseable {

    private final Path path;
    private final FileChannel file;

    private Ledger(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Goes on behind what is there. */
    public static Ledger open(Path path) throws IOException {
        return new Ledger(
                path,
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /** All whole lines; of a process that was killed in the middle of one, the rest is left out. */
    public static List<String> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = Files.readString(path);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    List<String> lines() {
        try {
            return read(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("ledger", failed);
        }
    }

    void write(String callId, String word, Object detail) {
        ByteBuffer line = StandardCharsets.UTF_8.encode(callId + ' ' + word + ' ' + detail + '\n');
        try {
            synchronized (file) {
                while (line.hasRemaining()) {
                    file.write(line);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("ledger", failed);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
