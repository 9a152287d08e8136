package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where evidence goes once it was read, so that it does not speak of the next boot too. Main thread. */
final class EvidenceShelf {

    /** A crash report is some 100 KB; twenty are enough to see a pattern. */
    static final int MAX_FILES = 20;

    private static final Logger log = LoggerFactory.getLogger(EvidenceShelf.class);

    private final Path shelf;

    EvidenceShelf(Path shelf) {
        this.shelf = shelf;
    }

    /** A file that cannot be moved stays, and is told from new evidence by its age. */
    void put(Path file, long bootNumber) {
        try {
            Files.createDirectories(shelf);
            Path place = shelf.resolve("boot-" + bootNumber + "-" + file.getFileName());
            Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
            trim();
        } catch (IOException | RuntimeException unmoved) {
            log.warn("evidence {} stays where it is: {}", file, Shown.reason(unmoved));
        }
    }

    private void trim() throws IOException {
        try (Stream<Path> all = Files.list(shelf)) {
            List<Path> newestFirst = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(EvidenceShelf::modified).reversed())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(MAX_FILES, newestFirst.size()), newestFirst.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static FileTime modified(Path file) {
        return lastModified(file).orElse(FileTime.fromMillis(0));
    }

    static Optional<FileTime> lastModified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
