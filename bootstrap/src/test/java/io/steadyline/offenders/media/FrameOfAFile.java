package io.steadyline.offenders.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in the domain. */
public final class FrameOfAFile {
    byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
