package io.steadyline.journal.boots;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the files in {@code <dataDir>/boots}, and who may read them: their owner only. */
final class BootFiles {

    static final String LIFE = "life";
    static final String REPORT = "json";
    static final String DAMAGED = "damaged";
    static final String TEMPORARY = "tmp";

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-([A-Za-z0-9_.]{1,80})\\.(\\w+)");

    private BootFiles() {}

    /** A file of one boot. {@code kind}: the last part of its name. */
    record Named(Path file, long number, String bootId, String kind) {
        boolean isOfSameBoot(Named other) {
            return number == other.number && bootId.equals(other.bootId);
        }
    }

    static Path directory(Path dataDir) {
        return dataDir.resolve("boots");
    }

    static Path file(Path directory, long number, String bootId, String kind) {
        return directory.resolve(number + "-" + plain(bootId) + "." + kind);
    }

    /** An id as it may stand in a file's name. */
    static String plain(String bootId) {
        String safe = bootId.replaceAll("[^A-Za-z0-9_.]", "_");
        return safe.isEmpty() ? "_" : safe.substring(0, Math.min(64, safe.length()));
    }

    static Optional<Named> parse(Path file) {
        Path name = file.getFileName();
        if (name == null) {
            return Optional.empty();
        }
        Matcher match = NAME.matcher(name.toString());
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Named(file, Long.parseLong(match.group(1)), match.group(2), match.group(3)));
    }

    /** Those of boots, lowest number first. */
    static List<Named> list(Path directory) throws IOException {
        List<Named> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                parse(file).ifPresent(found::add);
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        found.sort(Comparator.comparingLong(Named::number).thenComparing(Named::bootId));
        return found;
    }

    static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, mode("rwx------"));
    }

    static void create(Path file) throws IOException {
        Files.createFile(file, mode("rw-------"));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
