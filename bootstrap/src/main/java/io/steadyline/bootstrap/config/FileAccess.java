package io.steadyline.bootstrap.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a configuration names. A test answers from memory. */
public interface FileAccess {

    /** The real ones. Configuration and secrets are small: what is longer than {@link #MAX_BYTES} is refused. */
    FileAccess DISK = new FileAccess() {
        @Override
        public boolean isReadable(Path file) {
            return Files.isRegularFile(file) && Files.isReadable(file);
        }

        @Override
        public String read(Path file) throws IOException {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("longer than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    };

    /** A configuration with every setting and its explanation has about 15 KiB. */
    long MAX_BYTES = 256 * 1024;

    /** A regular file that this process may read. */
    boolean isReadable(Path file);

    /** The whole text; an exception when it cannot be read or is no UTF-8. */
    String read(Path file) throws IOException;
}
