package io.steadyline.journal.boots;

import io.steadyline.restart.BootReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of boots that are over, one file each; written whole or not at all. Not for several threads at once.
 *
 * <p>The number of the last boot stands in a file of its own too, so that it goes on when the others are lost.
 */
final class ReportFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ReportFiles.class);

    /** Several hundred calls and their evidence are some 100 KiB. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    /** Damaged files that are kept for whoever wants to look, the newest. */
    private static final int MAX_PUT_ASIDE = 20;

    private static final String LAST_NUMBER = "last-number";

    private final Path directory;
    private final List<String> damage = new ArrayList<>();

    ReportFiles(Path directory) {
        this.directory = directory;
    }

    void createDirectory() throws IOException {
        BootFiles.createDirectory(directory);
    }

    /** All that can be read. A damaged one is put aside under another name, and told in {@link #damage}. */
    List<BootReport> load() throws IOException {
        List<BootReport> reports = new ArrayList<>();
        List<Path> putAside = new ArrayList<>();
        for (BootFiles.Named named : BootFiles.list(directory)) {
            switch (named.kind()) {
                case BootFiles.REPORT -> read(named.file()).ifPresent(reports::add);
                case BootFiles.TEMPORARY -> delete(named.file());
                case BootFiles.DAMAGED -> putAside.add(named.file());
                default -> LOG.trace("{} is no report", named.file());
            }
        }
        putAside.stream().limit(Math.max(0, putAside.size() - MAX_PUT_ASIDE)).forEach(ReportFiles::delete);
        return reports;
    }

    private Optional<BootReport> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("longer than " + MAX_BYTES + " bytes");
            }
            return Optional.of(BootJson.MAPPER.readValue(Files.readAllBytes(file), BootReport.class));
        } catch (IOException damaged) {
            quarantine(
                    file,
                    String.valueOf(damaged.getMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
    }

    private void quarantine(Path file, String why) {
        damage.add("boot report " + file.getFileName() + ": " + why);
        LOG.warn("{} is damaged and put aside: {}", file, why);
        try {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + "." + BootFiles.DAMAGED),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stays) {
            LOG.warn("{} stays where it is: {}", file, stays.toString());
        }
    }

    /** Since the start. */
    List<String> damage() {
        return List.copyOf(damage);
    }

    /** Of any file, damaged ones too, and of the note; 0 without any. */
    long highestNumber() throws IOException {
        long highest = lastNumber();
        for (BootFiles.Named named : BootFiles.list(directory)) {
            highest = Math.max(highest, named.number());
        }
        return highest;
    }

    private long lastNumber() {
        try {
            return Long.parseLong(
                    Files.readString(directory.resolve(LAST_NUMBER)).strip());
        } catch (NoSuchFileException first) {
            return 0;
        } catch (IOException | NumberFormatException unreadable) {
            LOG.warn("{}: {}; the number is taken from the other files", LAST_NUMBER, unreadable.toString());
            return 0;
        }
    }

    void noteNumber(long number) throws IOException {
        replace(directory.resolve(LAST_NUMBER), String.valueOf(number).getBytes(StandardCharsets.US_ASCII));
    }

    void write(BootReport report) throws IOException {
        replace(file(report, BootFiles.REPORT), BootJson.MAPPER.writeValueAsBytes(report));
    }

    private void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + "." + BootFiles.TEMPORARY);
        Files.deleteIfExists(temporary);
        BootFiles.create(temporary);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The report's and what it was made of. */
    void deleteAllOf(BootReport report) {
        delete(file(report, BootFiles.REPORT));
        deleteLifeOf(report);
    }

    void deleteLifeOf(BootReport report) {
        delete(file(report, BootFiles.LIFE));
    }

    private Path file(BootReport report, String kind) {
        return BootFiles.file(directory, report.boot().number(), report.boot().bootId(), kind);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.debug("{} stays: {}", file, stays.toString());
        }
    }
}
