package io.steadyline.bootstrap.continuity;

import io.steadyline.websocket.twilio.TokenKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key of the one-time tokens, in {@code nonce.key} of the data directory, so that a stream whose webhook was answered
 * before a restart is still let in. For the owner only; a file that others could read, or of another length, is replaced.
 */
final class TokenKeyFile {

    static final String NAME = "nonce.key";

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeyFile.class);
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

    /**
     * @param note what an operator should know, when the key could not be kept
     */
    record Found(TokenKey key, Optional<String> note) {}

    private TokenKeyFile() {}

    /** The key that is kept, or a new one. By the owner of the directory only. */
    static Found in(Path dataDir) {
        Path file = dataDir.resolve(NAME);
        try {
            Optional<TokenKey> kept = read(file);
            return new Found(kept.isPresent() ? kept.get() : create(file), Optional.empty());
        } catch (IOException failure) {
            String note = "one-time tokens: their key cannot be kept in " + file + " (" + failure
                    + "): those given before a restart are refused after it";
            LOG.warn("{}", note);
            return new Found(TokenKey.random(), Optional.of(note));
        }
    }

    private static Optional<TokenKey> read(Path file) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("no regular file");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!mode.equals(MODE)) {
            LOG.warn(
                    "{} has mode {} (expected: rw-------): it gets a new key",
                    file,
                    PosixFilePermissions.toString(mode));
            return Optional.empty();
        }
        if (Files.size(file) != TokenKey.BYTES) {
            LOG.warn("{} has {} bytes (expected: {}): it gets a new key", file, Files.size(file), TokenKey.BYTES);
            return Optional.empty();
        }
        return Optional.of(TokenKey.of(Files.readAllBytes(file)));
    }

    /** Beside it first, so that nobody ever sees half a key. */
    private static TokenKey create(Path file) throws IOException {
        TokenKey key = TokenKey.random();
        Path fresh = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(MODE));
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(key.bytes());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return key;
    }
}
