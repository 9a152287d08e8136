package io.steadyline.journal.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The journal's directory: which segments there are, which may go, and what becomes of a damaged one. */
final class SegmentFiles {

    static final String UNFINISHED = ".new";
    private static final String DAMAGED = ".damaged";
    private static final String REPAIRED = ".repaired";
    private static final Pattern NAME = Pattern.compile("(\\d{8})\\.log(\\.damaged)?");

    private final Path directory;

    SegmentFiles(Path directory) {
        this.directory = directory;
    }

    Path path(int number) {
        return directory.resolve("%08d.log".formatted(number));
    }

    /** Oldest first. Empty when there is no directory yet. */
    List<Path> segments() throws IOException {
        return list(name -> name.endsWith(".log"));
    }

    int lastNumber() throws IOException {
        return list(name -> true).stream().mapToInt(SegmentFiles::number).max().orElse(0);
    }

    Instant lastWritten(Path segment) throws IOException {
        return Files.getLastModifiedTime(segment).toInstant();
    }

    /** Ends what a boot was killed in the middle of. */
    void finishRepairs() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(REPAIRED)) {
                    Path segment = file.resolveSibling(name.substring(0, name.length() - REPAIRED.length()));
                    if (Files.exists(segment)) {
                        Files.delete(file);
                    } else {
                        Files.move(file, segment);
                    }
                } else if (name.endsWith(UNFINISHED)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Puts the whole records into a new file and the damaged one aside, so that a damage is reported once. */
    void repair(Path segment, List<JournalRecord> records) throws IOException {
        Path aside = segment.resolveSibling(segment.getFileName() + DAMAGED);
        if (records.isEmpty()) {
            Files.move(segment, aside, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        FileTime written = Files.getLastModifiedTime(segment);
        Path repaired = segment.resolveSibling(segment.getFileName() + REPAIRED);
        Files.deleteIfExists(repaired);
        RecordCodec codec = new RecordCodec();
        try (Segment copy = Segment.create(Disk.REAL, repaired, number(segment))) {
            for (JournalRecord record : records) {
                copy.append(codec.encode(record));
            }
        } catch (IOException failed) {
            Files.deleteIfExists(repaired);
            throw failed;
        }
        Files.move(segment, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(repaired, segment);
        Files.setLastModifiedTime(segment, written);
    }

    /** Deletes what is too old or too much, the oldest first; never the one that is written to. */
    void tidy(Path current, Instant before, long totalBytes) throws IOException {
        List<Path> all = list(name -> true);
        long bytes = 0;
        for (Path file : all) {
            bytes += Files.size(file);
        }
        for (Path file : all) {
            if (!file.equals(current)
                    && (bytes > totalBytes || lastWritten(file).isBefore(before))) {
                bytes -= Files.size(file);
                Files.delete(file);
            }
        }
    }

    private List<Path> list(Predicate<String> wanted) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> found = new ArrayList<>(all.filter(file -> {
                        String name = file.getFileName().toString();
                        return NAME.matcher(name).matches() && wanted.test(name);
                    })
                    .toList());
            found.sort(Comparator.comparing(Path::getFileName));
            return found;
        }
    }

    private static int number(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }
}
